package io.meseta.master.core.cluster;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.cluster.Event.OfOffer;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.gang.GangEvent;
import io.meseta.master.core.gang.GangId;
import io.meseta.master.core.offer.Keep;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.offer.OfferEvent;
import io.meseta.master.core.offer.OfferEvent.AgentKept;
import io.meseta.master.core.offer.OfferEvent.KeepEnded;
import io.meseta.master.core.offer.OfferEvent.NeedsLooked;
import io.meseta.master.core.preemption.Preempting;
import io.meseta.master.core.preemption.PreemptionPremises;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Takes back for those who come first what others have: offers of what a role has lent and wants
/// back, and tasks where an operator says so. Sees to it that they get what becomes free.
final class Priorities {

    /// How long somebody waits for the next thing to be kept for it.
    private static final Duration PAUSE = Duration.ofSeconds(10);

    /// The same for who has not taken what was kept for it.
    private static final Duration LONG_PAUSE = Duration.ofMinutes(1);

    /// The newest first: least has been made of them.
    private static final Comparator<Offer> NEWEST =
            Comparator.comparing(Offer::madeAt).thenComparing(Offer::id).reversed();

    private Priorities() {}

    /// Offers of what a role has lent and wants back: what is used stays in use.
    static List<Event> reclaimed(Cluster cluster) {
        var isNothingOut = cluster.offers().size() == 0 && cluster.offers().gangs().isEmpty();
        if (isNothingOut || cluster.roles().sharings().isEmpty()) return List.of();
        var lending = cluster.pool().lending();
        var lacking = lending.reclaimed();
        if (lacking.isEmpty()) return List.of();
        var taken = new ArrayList<Offer>();
        for (var offer : cluster.offers().counted().sorted(NEWEST).toList()) {
            if (lacking.isEmpty()) break;
            if (!lending.takeBack(offer.grant(), lacking)) continue;
            taken.add(offer);
            lacking = lending.reclaimed();
        }
        var events = new ArrayList<Event>(Withdrawal.rescind(taken));
        for (var gathering : cluster.offers().gangs().all())
            for (var held : gathering.held().entrySet())
                if (!lacking.isEmpty() && lending.takeBack(held.getValue(), lacking)) {
                    events.add(released(gathering.id(), held.getKey()));
                    lacking = lending.reclaimed();
                }
        return events;
    }

    private static Event released(GangId gang, int number) {
        return new OfOffer(new OfferEvent.OfGang(new GangEvent.SetReleased(gang, number)));
    }

    /// When there is something to do without anything else happening.
    static Optional<Instant> next(Cluster cluster) {
        var look = Preempting.next(cluster.roles(), cluster.offers());
        var end = cluster.offers().keepsUntil();
        return look.isEmpty() || end.filter(look.get()::isAfter).isPresent() ? end : look;
    }

    /// Looks, if it is time, who waits in vain.
    static List<Event> due(Cluster cluster, Moment moment) {
        var next = Preempting.next(cluster.roles(), cluster.offers());
        if (next.isEmpty() || next.get().isAfter(moment.at())) return List.of();
        var outcome =
                Preempting.look(
                        new PreemptionPremises(
                                cluster.roles(),
                                cluster.tasks(),
                                cluster.offers(),
                                cluster.pool(),
                                moment.at(),
                                moment.seed()));
        var events = new ArrayList<Event>();
        var after = cluster;
        for (var plan : outcome.plans()) {
            for (var victim : plan.victims()) {
                var kill = Kills.preempt(after, victim.task(), victim.why());
                for (var event : kill) after = after.after(event);
                events.addAll(kill);
            }
            events.addAll(Withdrawal.rescind(plan.withdrawn()));
            plan.keep().map(AgentKept::new).map(OfOffer::new).ifPresent(events::add);
        }
        var pauses = new TreeMap<Keep.Beneficiary, Instant>();
        for (var each : outcome.vain()) pauses.put(each, Preempting.again(moment.at()));
        var looked =
                new NeedsLooked(
                        moment.at(), Preempting.nextAfter(moment.at()), outcome.lacking(), pauses);
        events.add(new OfOffer(looked));
        return events;
    }

    /// What is kept for nobody any more, as the last thing before it is offered.
    static List<Event> over(Cluster cluster, Moment moment) {
        var events = new ArrayList<Event>();
        for (var keep : cluster.offers().keeps().all()) {
            boolean isWanted = isWanted(cluster, keep);
            if (isWanted && isAwaited(cluster, keep, moment)) continue;
            var pause = isWanted ? LONG_PAUSE : PAUSE;
            events.add(new OfOffer(new KeepEnded(keep, moment.at().plus(pause))));
        }
        return events;
    }

    private static boolean isWanted(Cluster cluster, Keep keep) {
        return cluster.framework(keep.framework()).filter(Framework::isConnected).isPresent()
                && cluster.pool().wants(keep.framework()).stream()
                        .anyMatch(want ->
                                want.role().equals(keep.role())
                                        && want.needed().equals(keep.needed()));
    }

    private static boolean isAwaited(Cluster cluster, Keep keep, Moment moment) {
        boolean isThere =
                cluster.agent(keep.agent()).filter(Agent::isLinked).isPresent()
                        && !cluster.upkeep().isDeactivated(keep.agent());
        if (!isThere || !keep.until().isAfter(moment.at())) return false;
        // It has been offered: whatever became of that, it was its turn.
        return !cluster.offers().keeps().wasOffered(keep.agent())
                || cluster.offers().on(keep.agent()).stream()
                        .anyMatch(offer -> offer.framework().equals(keep.framework()));
    }
}
