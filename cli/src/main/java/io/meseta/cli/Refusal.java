package io.meseta.cli;

/// A command that cannot be carried out; its message is the line that the user reads.
final class Refusal extends RuntimeException {

    Refusal(String message) {
        super(message);
    }
}
