package io.meseta.model;

/// A framework's id: given by the master, or brought by the framework on its first subscription.
public record FrameworkId(String value) implements Comparable<FrameworkId> {

    public FrameworkId {
        Ids.check(value);
    }

    @Override
    public int compareTo(FrameworkId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
