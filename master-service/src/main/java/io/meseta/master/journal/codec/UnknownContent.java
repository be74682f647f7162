package io.meseta.master.journal.codec;

/// A row holds something that this build does not know, or lacks something that it must have.
final class UnknownContent extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownContent(String message) {
        super(message);
    }
}
