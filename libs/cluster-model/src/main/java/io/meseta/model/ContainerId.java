package io.meseta.model;

/// A container's id, unique on its agent. A nested container's id is unique within its parent.
public record ContainerId(String value) implements Comparable<ContainerId> {

    public ContainerId {
        Ids.check(value);
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
