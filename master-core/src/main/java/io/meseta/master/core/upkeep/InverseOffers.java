package io.meseta.master.core.upkeep;

import io.meseta.model.AgentId;
import io.meseta.model.OfferId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/// What frameworks were asked to leave, and what they have answered. All of it is the leader's
/// memory.
///
/// @param open by id
/// @param answers the newest of each framework on each agent
/// @param nextLook when it is next compared with the schedule
public record InverseOffers(
        PSortedMap<OfferId, InverseOffer> open,
        PSortedMap<Spot, Answer> answers,
        Instant nextLook) {

    public static final InverseOffers NONE =
            new InverseOffers(TreePMap.empty(), TreePMap.empty(), Instant.EPOCH);

    /// @param until it is not asked again before
    public record Answer(boolean isYes, Instant at, Instant until) {}

    public Optional<InverseOffer> find(OfferId id) {
        return Optional.ofNullable(open.get(id));
    }

    public Collection<InverseOffer> all() {
        return open.values();
    }

    public List<InverseOffer> on(Collection<AgentId> agents) {
        return open.values().stream().filter(each -> agents.contains(each.spot().agent())).toList();
    }

    public Optional<Answer> answer(Spot spot) {
        return Optional.ofNullable(answers.get(spot));
    }

    InverseOffers with(InverseOffer offer) {
        return new InverseOffers(open.plus(offer.id(), offer), answers, nextLook);
    }

    InverseOffers without(InverseOffer offer) {
        return new InverseOffers(open.minus(offer.id()), answers, nextLook);
    }

    InverseOffers answered(InverseOffer offer, Answer answer) {
        return new InverseOffers(
                open.minus(offer.id()), answers.plus(offer.spot(), answer), nextLook);
    }

    InverseOffers looked(Instant next) {
        return new InverseOffers(open, answers, next);
    }

    /// As the schedule has changed: nothing that was answered before counts.
    InverseOffers afresh() {
        return new InverseOffers(open, TreePMap.empty(), Instant.EPOCH);
    }
}
