package io.meseta.master.core.offer;

import io.meseta.master.core.offer.Keep.Beneficiary;
import io.meseta.model.AgentId;
import io.meseta.model.Role;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.pcollections.PSortedMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/// The agents that are kept for somebody, and who has to wait until something is kept for it again.
///
/// @param offered the agents that have been offered to those for whom they are kept
/// @param pauses until when nothing more is kept for somebody
/// @param lacking since when roles have been seen to have less than they are guaranteed
/// @param nextLook when to look again whether somebody waits in vain
public record Keeps(
        PSortedMap<AgentId, Keep> byAgent,
        PSortedSet<AgentId> offered,
        PSortedMap<Beneficiary, Instant> pauses,
        PSortedMap<Role, Instant> lacking,
        Instant nextLook) {

    static final Keeps NONE =
            new Keeps(
                    TreePMap.empty(),
                    TreePSet.empty(),
                    TreePMap.empty(),
                    TreePMap.empty(),
                    Instant.EPOCH);

    public Collection<Keep> all() {
        return byAgent.values();
    }

    public Optional<Keep> on(AgentId agent) {
        return Optional.ofNullable(byAgent.get(agent));
    }

    public boolean isFor(Beneficiary beneficiary) {
        return byAgent.values().stream().anyMatch(each -> each.beneficiary().equals(beneficiary));
    }

    public boolean isPaused(Beneficiary beneficiary, Instant now) {
        return Optional.ofNullable(pauses.get(beneficiary)).filter(now::isBefore).isPresent();
    }

    public boolean wasOffered(AgentId agent) {
        return offered.contains(agent);
    }

    /// When the first of them is over at the latest.
    Optional<Instant> firstEnd() {
        return byAgent.values().stream().map(Keep::until).min(Instant::compareTo);
    }

    Keeps with(Keep keep) {
        return new Keeps(byAgent.plus(keep.agent(), keep), offered, pauses, lacking, nextLook);
    }

    Keeps without(Keep keep, Instant pausedUntil) {
        return new Keeps(
                byAgent.minus(keep.agent()),
                offered.minus(keep.agent()),
                pauses.plus(keep.beneficiary(), pausedUntil),
                lacking,
                nextLook);
    }

    Keeps offering(Offer offer) {
        var kept = byAgent.get(offer.agent());
        boolean isIt =
                kept != null
                        && kept.framework().equals(offer.framework())
                        && kept.role().equals(offer.grant().role());
        return isIt
                ? new Keeps(byAgent, offered.plus(offer.agent()), pauses, lacking, nextLook)
                : this;
    }

    /// Pauses that are over are forgotten, and so are roles that lack nothing any more.
    Keeps after(OfferEvent.NeedsLooked looked) {
        var now = looked.at();
        var left = pauses;
        for (var pause : pauses.entrySet())
            if (!pause.getValue().isAfter(now)) left = left.minus(pause.getKey());
        PSortedMap<Role, Instant> since = TreePMap.empty();
        for (var role : looked.lacking()) since = since.plus(role, lacking.getOrDefault(role, now));
        return new Keeps(byAgent, offered, left.plusAll(looked.pauses()), since, looked.next());
    }
}
