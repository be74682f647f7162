package io.meseta.simulator.ledger;

import static io.meseta.simulator.world.BrokenPromise.unless;

import io.meseta.allocator.Grant;
import io.meseta.master.core.agent.AgentEvent;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.cluster.effect.Effect;
import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.master.core.gang.Gang;
import io.meseta.master.core.gang.GangEvent;
import io.meseta.master.core.gang.GangId;
import io.meseta.master.core.gang.Gathering;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.offer.OfferEvent;
import io.meseta.master.engine.Committed;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resources;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Whether gangs get all that they need at once or nothing, and hold no more than they may.
final class Gatherings {

    private Gatherings() {}

    static void check(Committed batch) {
        // By gang, what is held by the number of the set.
        var held = new TreeMap<GangId, Map<Integer, Grant>>();
        for (var gathering : batch.before().offers().gangs().all())
            held.put(gathering.id(), new TreeMap<>(gathering.held()));
        var unsure = new TreeSet<FrameworkId>();
        boolean isTouched = false;
        for (var event : batch.events()) {
            // Whatever it says of itself may end its gangs.
            if (event instanceof Event.OfFramework(var each)) unsure.add(each.framework());
            if (event instanceof Event.OfAgent(AgentEvent.AgentLost(var agent, _)))
                forget(agent, held);
            if (event instanceof Event.OfUpkeep(var each))
                each.left().ifPresent(agent -> forget(agent, held));
            if (!(event instanceof Event.OfOffer(OfferEvent.OfGang(var each)))) continue;
            isTouched = true;
            switch (each) {
                case GangEvent.SetHeld(var gang, var number, var grant, _) ->
                        held.computeIfAbsent(gang, _ -> new TreeMap<>()).put(number, grant);
                case GangEvent.SetReleased(var gang, var number) ->
                        held.getOrDefault(gang, new TreeMap<>()).remove(number);
                case GangEvent.GangPaused(var gang, _) -> held.remove(gang);
                case GangEvent.GangCompleted(var gang) -> {
                    checkIsOne(gang, batch);
                    if (!unsure.contains(gang.framework()))
                        checkIsAll(gang, held.getOrDefault(gang, Map.of()), batch);
                    held.remove(gang);
                }
                case GangEvent.GangResumed _, GangEvent.GangServed _ -> {}
            }
        }
        if (isTouched) checkBounds(batch);
    }

    private static void forget(AgentId agent, Map<GangId, Map<Integer, Grant>> held) {
        for (var grants : held.values())
            grants.values().removeIf(grant -> grant.agent().equals(agent));
    }

    /// All of it goes out, on the agents where it was held.
    private static void checkIsAll(GangId gang, Map<Integer, Grant> held, Committed batch) {
        var expected = new TreeMap<AgentId, Resources>();
        for (var grant : held.values())
            expected.merge(grant.agent(), grant.resources(), Resources::plus);
        var made = new TreeMap<AgentId, Resources>();
        for (var event : batch.events())
            if (event instanceof Event.OfOffer(OfferEvent.OfferMade(var offer))
                    && isOf(offer, gang))
                made.merge(offer.agent(), offer.grant().resources(), Resources::plus);
        unless(
                made.equals(expected),
                "%s is complete with %s, and is offered %s".formatted(gang, expected, made));
    }

    /// What is offered to a gang goes out in one event.
    private static void checkIsOne(GangId gang, Committed batch) {
        var stream = batch.after().framework(gang.framework()).flatMap(each -> each.stream());
        unless(stream.isPresent(), gang + " is complete, and nobody listens");
        long events =
                batch.effects().stream()
                        .filter(effect ->
                                effect
                                                instanceof
                                                Effect.TellFramework(
                                                        var framework,
                                                        _,
                                                        News.Offered(var some))
                                        && framework.equals(gang.framework())
                                        && some.stream().anyMatch(offer -> isOf(offer, gang)))
                        .count();
        unless(events == 1, gang + " is offered what it needs in " + events + " events");
    }

    private static boolean isOf(Offer offer, GangId gang) {
        return offer.framework().equals(gang.framework())
                && offer.grant().role().equals(gang.role())
                && offer.gang().filter(gang.name()::equals).isPresent();
    }

    private static void checkBounds(Committed batch) {
        var cluster = batch.after();
        var gangs = cluster.offers().gangs();
        for (var gathering : gangs.all()) {
            unless(!gathering.isComplete(), gathering + " is complete, and was not offered");
            unless(
                    gangs.of(gathering.id().framework()).size() <= Gang.EACH_MAX,
                    gathering.id().framework() + " has too many gangs");
            gathering
                    .held()
                    .forEach((number, grant) -> {
                        unless(
                                gathering
                                        .gang()
                                        .sets()
                                        .get(number)
                                        .isMetBy(grant.agent(), grant.resources()),
                                grant + " is held for " + gathering + " and is not enough");
                    });
            checkTimes(gathering);
        }
    }

    private static void checkTimes(Gathering gathering) {
        unless(
                gathering.held().isEmpty() == gathering.until().isEmpty(),
                gathering + " has an end that it does not need, or none");
        unless(
                gathering.held().isEmpty() || gathering.pausedUntil().isEmpty(),
                gathering + " waits, and holds something");
    }
}
