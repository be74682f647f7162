package io.meseta.agent.sandbox;

/// A sandbox can't be made. The message is for the framework.
public final class SandboxFailure extends RuntimeException {

    SandboxFailure(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
