package io.meseta.master.core.role;

import io.meseta.allocator.Pool;
import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.offer.Offers;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import org.pcollections.PSortedMap;

/// What it takes to judge what roles have and may have.
public record RolePremises(
        Roles roles,
        PSortedMap<FrameworkId, Framework> frameworks,
        PSortedMap<AgentId, Agent> agents,
        Offers offers,
        Pool pool) {}
