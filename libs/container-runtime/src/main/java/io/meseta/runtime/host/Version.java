package io.meseta.runtime.host;

import java.util.Optional;
import java.util.regex.Pattern;

/// The first three numbers of a program's version; what follows says nothing about order here.
public record Version(int major, int minor, int patch) implements Comparable<Version> {

    private static final Pattern SHAPE =
            Pattern.compile("(?<![0-9.])([0-9]{1,6})\\.([0-9]{1,6})(?:\\.([0-9]{1,6}))?");

    /// The first version that a text names, as `runc version 1.1.5+ds1`.
    public static Optional<Version> in(String text) {
        var found = SHAPE.matcher(text);
        if (!found.find()) return Optional.empty();
        var patch = found.group(3) == null ? 0 : Integer.parseInt(found.group(3));
        return Optional.of(
                new Version(
                        Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)), patch));
    }

    public static Version of(String text) {
        return in(text).orElseThrow(() -> new IllegalArgumentException("no version: " + text));
    }

    @Override
    public int compareTo(Version other) {
        if (major != other.major) return Integer.compare(major, other.major);
        if (minor != other.minor) return Integer.compare(minor, other.minor);
        return Integer.compare(patch, other.patch);
    }

    @Override
    public String toString() {
        return "%d.%d.%d".formatted(major, minor, patch);
    }
}
