package io.meseta.master.core.reign;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.offer.OfferTerms;
import java.time.Duration;
import java.util.Optional;

/// How long a leader waits for those who are away, and where it is. An operator's choice, recorded
/// with each reign.
///
/// @param agentSilenceMax an agent that is silent for so long is unreachable
/// @param agentGrace how long any agent may take to find a new leader before its silence counts
/// @param frameworkGrace the same for frameworks; a longer failover timeout of their own wins
/// @param region where this master is, if there are regions: agents of others are shown only to
///   those frameworks that know of regions
/// @param lossPause how long it takes after an agent has been given up until the next one may be;
///   zero for no limit
/// @param offers how offers are made and taken back
public record Terms(
        Duration agentSilenceMax,
        Duration agentGrace,
        Duration frameworkGrace,
        Optional<String> region,
        Duration lossPause,
        OfferTerms offers) {

    public static final Terms DEFAULT =
            new Terms(Agent.SILENCE_MAX, Agent.TAKEOVER_GRACE, Framework.TAKEOVER_GRACE);

    /// Without a limit to how many agents are given up.
    public Terms(Duration agentSilenceMax, Duration agentGrace, Duration frameworkGrace) {
        this(agentSilenceMax, agentGrace, frameworkGrace, Duration.ZERO);
    }

    public Terms {
        if (!agentSilenceMax.isPositive()
                || agentGrace.isNegative()
                || frameworkGrace.isNegative()
                || lossPause.isNegative())
            throw new IllegalArgumentException("terms are not negative, and silence takes time");
    }

    /// Of a cluster without regions.
    public Terms(
            Duration agentSilenceMax,
            Duration agentGrace,
            Duration frameworkGrace,
            Duration lossPause) {
        this(
                agentSilenceMax,
                agentGrace,
                frameworkGrace,
                Optional.empty(),
                lossPause,
                OfferTerms.NONE);
    }

    /// The same in another region, or in none.
    public Terms in(Optional<String> where) {
        return new Terms(agentSilenceMax, agentGrace, frameworkGrace, where, lossPause, offers);
    }

    /// The same with other offers.
    public Terms offering(OfferTerms others) {
        return new Terms(agentSilenceMax, agentGrace, frameworkGrace, region, lossPause, others);
    }
}
