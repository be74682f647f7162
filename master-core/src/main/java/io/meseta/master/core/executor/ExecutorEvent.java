package io.meseta.master.core.executor;

import io.meseta.model.AgentId;
import io.meseta.model.ExecutorKey;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.Role;
import java.time.Instant;
import java.util.Optional;

/// What can happen to an executor.
public sealed interface ExecutorEvent {

    AgentId agent();

    /// The cluster has promised to run its first task.
    ///
    /// @param order the number of the order to run that task
    record ExecutorLaunched(
            AgentId agent, ExecutorKey key, ExecutorSpec spec, Role role, long order, Instant at)
            implements ExecutorEvent {}

    /// Nothing of it runs any more.
    ///
    /// @param status its wait status, as far as it is known
    record ExecutorEnded(
            AgentId agent, ExecutorKey key, Optional<Integer> status, Ending how, Instant at)
            implements ExecutorEvent {}

    /// How it is known that an executor has ended.
    enum Ending {
        /// Its agent has said so.
        REPORTED,
        /// Its agent came back and has it no more.
        MISSED,
        /// Its framework is gone, so nobody asks.
        DISOWNED
    }

    /// Its framework wants it to end.
    ///
    /// @param order the number of the order to the agent
    record ShutdownWanted(AgentId agent, ExecutorKey key, long order, Instant at)
            implements ExecutorEvent {}

    /// The tasks that were launched by this order go out together. Passing: the launches are
    /// recorded with the tasks.
    record GroupOrdered(AgentId agent, FrameworkId framework, long order)
            implements ExecutorEvent {}

    /// Its framework has something to say to it. Passing.
    record MessageSent(AgentId agent, ExecutorKey key, Opaque data) implements ExecutorEvent {}

    /// It has something to say to its framework. Passing.
    record MessageReceived(AgentId agent, ExecutorKey key, Opaque data) implements ExecutorEvent {}

    default boolean isRecorded() {
        return switch (this) {
            case ExecutorLaunched _, ExecutorEnded _, ShutdownWanted _ -> true;
            case GroupOrdered _, MessageSent _, MessageReceived _ -> false;
        };
    }
}
