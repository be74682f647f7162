package io.meseta.master.core.executor;

import io.meseta.model.AgentId;
import io.meseta.model.ExecutorKey;
import io.meseta.model.Role;

/// An executor that has been launched and has not ended, as far as its agent has said.
///
/// @param role on whose behalf its resources are used
/// @param order the number of the order that brought its first task, which tells it from others of
///   its id
/// @param shutdown the number of the order to end; 0 if nobody wants that
public record Executor(
        AgentId agent, ExecutorKey key, ExecutorSpec spec, Role role, long order, long shutdown) {

    public Executor toBeShutDown(long number) {
        return new Executor(agent, key, spec, role, order, number);
    }
}
