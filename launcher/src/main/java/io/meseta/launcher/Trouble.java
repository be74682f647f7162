package io.meseta.launcher;

/// Something that the user must put right; its message says what, and how.
sealed class Trouble extends RuntimeException {

    Trouble(String message) {
        super(message);
    }

    Trouble(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }

    /// The command itself is wrong, not the world.
    static final class Usage extends Trouble {
        Usage(String message) {
            super(message);
        }
    }
}
