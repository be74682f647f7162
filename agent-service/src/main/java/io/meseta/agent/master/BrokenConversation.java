package io.meseta.agent.master;

/// The conversation can't go on; the agent says hello again.
final class BrokenConversation extends Exception {

    BrokenConversation(String message) {
        super(message);
    }

    BrokenConversation(String message, Throwable cause) {
        super(message, cause);
    }
}
