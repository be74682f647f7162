package io.meseta.master.journal.codec;

/// What was found is at a feature level that this build does not read: it is whole, and older ones
/// are no better.
public final class BeyondLevel extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BeyondLevel(String message) {
        super(message);
    }
}
