package io.meseta.master.engine;

/// A command has no answer: nobody knows yet whether it happens. The caller may try again later.
public final class Unanswered extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Unanswered(String message) {
        super(message);
    }

    public Unanswered(String message, Throwable cause) {
        super(message, cause);
    }
}
