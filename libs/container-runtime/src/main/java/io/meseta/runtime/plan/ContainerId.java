package io.meseta.runtime.plan;

import java.util.regex.Pattern;

/// A container's name on this machine: also the name of a directory and of a cgroup.
public record ContainerId(String value) implements Comparable<ContainerId> {

    /// What every OCI runtime takes, and no file system minds; no dot in front.
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+-]{0,179}");

    public ContainerId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("no name for a container: " + Checks.shown(value));
        }
    }

    /// Whether something may be a name.
    public static boolean isValid(String value) {
        return SHAPE.matcher(value).matches();
    }

    @Override
    public int compareTo(ContainerId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
