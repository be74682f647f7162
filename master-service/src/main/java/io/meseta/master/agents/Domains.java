package io.meseta.master.agents;

import io.meseta.master.about.Self;
import io.meseta.master.core.cluster.Command.Greet;
import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.v1.AgentInfo;
import io.meseta.mesos.v1.DomainInfo;
import java.util.Optional;

/// The fault domains of agents, as this master's own lets them be.
///
/// @param region this master's; empty if it is in none
/// @param isRequired whether an agent must be in one
record Domains(Optional<String> region, boolean isRequired) {

    private static final String REQUIRED = "require_agent_domain";

    static Domains of(Self self) {
        return new Domains(
                self.domain().map(Domains::region),
                Boolean.parseBoolean(self.flags().getOrDefault(REQUIRED, "")));
    }

    /// The greeting of an agent that is in this domain.
    Greet placed(Greet greet, AgentInfo agent) throws Unacceptable {
        if (!agent.hasDomain()) {
            if (isRequired)
                throw new Unacceptable(
                        "The agent has no fault domain, and this master requires one");
            return greet;
        }
        if (region.isEmpty())
            throw new Unacceptable("The agent has a fault domain, and this master has none");
        var profile = greet.profile();
        boolean isRemote = !region.get().equals(region(agent.getDomain()));
        return new Greet(
                greet.id(),
                profile.at(profile.site().inRegion(isRemote)),
                greet.link(),
                greet.recollection(),
                greet.held(),
                greet.outcomes(),
                greet.executors());
    }

    private static String region(DomainInfo domain) {
        return domain.getFaultDomain().getRegion().getName();
    }
}
