package io.meseta.master.engine;

/// How far the writer has come with a batch.
public enum CommitLine {
    /// Taken from the inbox; nothing is decided.
    TAKEN,
    /// In the journal; nobody knows.
    DURABLE,
    /// Readers see it; nobody is answered.
    VISIBLE,
    /// Whoever asked is answered; nothing has been acted upon.
    ANSWERED
}
