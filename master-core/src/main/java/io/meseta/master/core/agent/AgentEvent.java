package io.meseta.master.core.agent;

import io.meseta.model.AgentId;
import io.meseta.model.ExecutorKey;
import io.meseta.model.FrameworkId;
import io.meseta.model.TaskKey;
import java.time.Instant;

/// What can happen to an agent.
public sealed interface AgentEvent {

    AgentId agent();

    /// A machine that the cluster did not know has joined.
    record AgentAdmitted(AgentId agent, AgentProfile profile, long orderFloor, Instant at)
            implements AgentEvent {}

    /// A known agent has said hello again, perhaps with another profile.
    record AgentReturned(AgentId agent, AgentProfile profile, long orderFloor, Instant at)
            implements AgentEvent {}

    /// Its link is open. Passing. Takes the place of an older link.
    ///
    /// @param orderSeen the newest order that the agent has persisted
    record AgentLinked(AgentId agent, LinkId link, long orderSeen, Instant at)
            implements AgentEvent {}

    /// Its link is closed. Passing.
    ///
    /// @param lastHeard when it last gave a sign of life; its silence counts from then
    /// @param deadline from when on it counts as unreachable
    record AgentUnlinked(AgentId agent, Instant lastHeard, Instant deadline)
            implements AgentEvent {}

    /// It has been silent for too long.
    record AgentLost(AgentId agent, Instant at) implements AgentEvent {}

    /// It is told to do something that is not about a task the cluster still counts.
    record OrderGiven(AgentId agent, long number, Instruction instruction, Instant at)
            implements AgentEvent {}

    /// What an agent may be told beside launches and kills of known tasks.
    sealed interface Instruction {

        /// End all tasks of a framework that is gone.
        record ShutdownFramework(FrameworkId framework) implements Instruction {}

        /// End an executor that the cluster does not know.
        record ShutdownExecutor(ExecutorKey executor) implements Instruction {}

        /// End a task that the cluster does not want.
        record KillStray(TaskKey task) implements Instruction {}
    }

    default boolean isRecorded() {
        return switch (this) {
            case AgentAdmitted _, AgentReturned _, AgentLost _, OrderGiven _ -> true;
            case AgentLinked _, AgentUnlinked _ -> false;
        };
    }
}
