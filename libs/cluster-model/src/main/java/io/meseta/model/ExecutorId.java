package io.meseta.model;

/// An executor's id, chosen by its framework; unique within one framework on one agent.
public record ExecutorId(String value) implements Comparable<ExecutorId> {

    public ExecutorId {
        Ids.check(value);
    }

    @Override
    public int compareTo(ExecutorId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
