package io.meseta.agent.fetch;

/// A file can't be fetched. The message is for the framework.
public final class FetchFailure extends RuntimeException {

    FetchFailure(String message) {
        super(message);
    }

    FetchFailure(String message, Throwable cause) {
        super(message + ": " + (cause.getMessage() == null ? cause : cause.getMessage()), cause);
    }
}
