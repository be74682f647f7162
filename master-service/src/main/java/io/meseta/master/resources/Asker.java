package io.meseta.master.resources;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.core.operation.Feasibility;
import io.meseta.model.AgentCapability;
import io.meseta.model.Principal;
import io.meseta.model.Resource;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import java.util.Optional;

/// Who wants something done to resources, and to whose.
///
/// @param framework empty for an operator
/// @param allocation the role of the framework's offers; empty for an operator
/// @param principal who it says it is, where anybody was asked
/// @param agent empty if the offers are unknown
public record Asker(
        Optional<FrameworkProfile> framework,
        Optional<Role> allocation,
        Optional<String> principal,
        Optional<Agent> agent) {

    public static Asker framework(
            FrameworkProfile profile, Role allocation, Optional<Agent> agent) {
        return new Asker(
                Optional.of(profile),
                Optional.of(allocation),
                profile.identity().principal().map(Principal::name),
                agent);
    }

    public static Asker operator(Optional<Principal> principal, Agent agent) {
        return new Asker(
                Optional.empty(),
                Optional.empty(),
                principal.map(Principal::name),
                Optional.of(agent));
    }

    /// What follows a complaint to a framework.
    public String whereabouts() {
        return agent.map(each -> "; on " + each.whereabouts()).orElse("");
    }

    /// Of an agent that is not known nobody says what it can't do.
    boolean lacks(AgentCapability capability) {
        return agent.filter(each -> !each.profile().capabilities().contains(capability))
                .isPresent();
    }

    /// The resource in the words of Mesos' complaints.
    String text(Resource resource) {
        return text(Resources.of(resource));
    }

    String text(Resources resources) {
        return allocation
                .map(role -> Feasibility.text(resources, role))
                .orElseGet(resources::toString);
    }
}
