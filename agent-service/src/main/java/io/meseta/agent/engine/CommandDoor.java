package io.meseta.agent.engine;

import io.meseta.agent.core.machine.Command;
import io.meseta.agent.core.machine.Decision;

/// Where commands are put to the agent.
@FunctionalInterface
public interface CommandDoor {

    /// Waits for the answer; callers are virtual threads.
    ///
    /// @throws InboxFull when nobody takes it in time
    /// @throws Unrecorded when its outcome could not be written down
    Decision submit(Command command) throws InterruptedException;
}
