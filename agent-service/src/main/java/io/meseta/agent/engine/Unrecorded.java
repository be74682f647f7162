package io.meseta.agent.engine;

/// The command's outcome could not be written down, so it has not happened.
public final class Unrecorded extends RuntimeException {

    Unrecorded(Throwable cause) {
        super("a command's outcome could not be recorded: " + cause.getMessage(), cause);
    }
}
