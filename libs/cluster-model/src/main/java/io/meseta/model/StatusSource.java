package io.meseta.model;

/// Who says a status.
public enum StatusSource {
    MASTER,
    AGENT,
    EXECUTOR
}
