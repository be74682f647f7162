package io.meseta.model;

/// A master's id for one term of leadership: the next term has another, even in one process.
public record MasterId(String value) implements Comparable<MasterId> {

    public MasterId {
        Ids.check(value);
    }

    @Override
    public int compareTo(MasterId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
