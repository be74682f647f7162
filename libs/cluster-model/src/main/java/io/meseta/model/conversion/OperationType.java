package io.meseta.model.conversion;

/// What may be done to resources that an agent itself has, by the names of the wire.
public enum OperationType {
    RESERVE,
    UNRESERVE,
    CREATE,
    DESTROY,
    GROW_VOLUME,
    SHRINK_VOLUME
}
