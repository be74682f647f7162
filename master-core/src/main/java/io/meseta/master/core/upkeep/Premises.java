package io.meseta.master.core.upkeep;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.offer.Offers;
import io.meseta.master.core.operation.Operations;
import io.meseta.master.core.task.Tasks;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.pcollections.PSortedMap;

/// The parts of the cluster that the rules of this room look at.
public record Premises(
        Upkeep upkeep,
        PSortedMap<AgentId, Agent> agents,
        PSortedMap<FrameworkId, Framework> frameworks,
        Tasks tasks,
        Operations operations,
        Offers offers) {

    Optional<Agent> agent(AgentId id) {
        return Optional.ofNullable(agents.get(id));
    }

    /// The machine that an agent is on.
    public static MachineId machine(Agent agent) {
        return new MachineId(agent.profile().hostname(), agent.profile().site().ip());
    }

    /// Walks over all agents: for what operators do, not for what frameworks do.
    List<Agent> on(Collection<MachineId> machines) {
        return agents.values().stream().filter(agent -> machines.contains(machine(agent))).toList();
    }
}
