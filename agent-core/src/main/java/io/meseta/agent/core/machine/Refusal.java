package io.meseta.agent.core.machine;

import io.meseta.model.AgentId;
import io.meseta.model.ExecutorKey;
import io.meseta.model.TaskKey;
import java.util.UUID;

/// Why a command changes nothing.
public sealed interface Refusal {

    /// The sender no longer leads: this agent has heard of the epoch `known`.
    record StaleEpoch(long epoch, long known) implements Refusal {}

    /// The welcome is for another agent.
    record OtherAgent(AgentId welcomed, AgentId own) implements Refusal {}

    record UnknownTask(TaskKey key) implements Refusal {}

    record UnknownExecutor(ExecutorKey key) implements Refusal {}

    /// More of the task's updates wait for their receipts than anybody can want to hear.
    record TooMuchToSay(TaskKey key) implements Refusal {}

    /// The acknowledged update is not the one that is outstanding.
    record NotOutstanding(TaskKey key, UUID uuid) implements Refusal {}

    /// The task's stage leaves no room for it.
    record OutOfTurn(TaskKey key) implements Refusal {}

    /// The agent was told to stay away.
    record Away(String reason) implements Refusal {}
}
