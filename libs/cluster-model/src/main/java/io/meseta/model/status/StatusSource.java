package io.meseta.model.status;

/// Who says a status.
public enum StatusSource {
    MASTER,
    AGENT,
    EXECUTOR
}
