package io.meseta.model;

/// The id by which a framework follows an operation on resources; chosen by the framework.
public record OperationId(String value) implements Comparable<OperationId> {

    public OperationId {
        Ids.check(value);
    }

    @Override
    public int compareTo(OperationId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
