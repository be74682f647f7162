package io.meseta.agent.checkpoint;

/// A checkpoint can't be read or written. The message names the file and what to do.
public final class CheckpointFailure extends RuntimeException {

    CheckpointFailure(String message) {
        super(message);
    }

    CheckpointFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
