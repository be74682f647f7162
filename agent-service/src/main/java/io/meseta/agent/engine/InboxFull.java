package io.meseta.agent.engine;

/// The agent has more to do than it can; the caller tries again or gives up.
public final class InboxFull extends RuntimeException {

    InboxFull() {
        super("the agent is too busy to take another command");
    }
}
