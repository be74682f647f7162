package io.meseta.master.core.upkeep;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.framework.StreamId;
import io.meseta.master.core.offer.OfferEvent.Ending;
import io.meseta.master.core.task.Task;
import io.meseta.model.FrameworkId;
import io.meseta.model.OfferId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;

/// Asks frameworks to leave machines that will be away.
///
/// It takes no input: it compares what is asked with what the schedule wants, over and over. So
/// nobody has to tell it of frameworks that fail over, of agents that come and go, or of tasks.
public final class Asking {

    /// How often it is done while anything is scheduled; Mesos does it with each allocation.
    static final Duration PERIOD = Duration.ofSeconds(1);

    private Asking() {}

    /// When it is to be done next; empty if there is nothing to ask.
    public static Optional<Instant> nextLook(Upkeep upkeep) {
        boolean isIdle = upkeep.maintenance().isEmpty() && upkeep.inverse().open().isEmpty();
        return isIdle ? Optional.empty() : Optional.of(upkeep.inverse().nextLook());
    }

    /// @param ids an offer's id, by how many have been taken before in the same breath
    public static List<UpkeepEvent> look(Premises premises, Instant at, IntFunction<OfferId> ids) {
        var next = nextLook(premises.upkeep());
        if (next.isEmpty() || next.get().isAfter(at)) return List.of();
        var events = new ArrayList<UpkeepEvent>();
        var inverse = premises.upkeep().inverse();
        var wanted = wanted(premises);
        for (var open : inverse.all()) {
            var question = wanted.remove(open.spot());
            boolean isGood = question != null && question.equals(Question.of(open));
            if (isGood) continue;
            if (question != null) wanted.put(open.spot(), question);
            boolean isHeard =
                    stream(premises, open.spot().framework())
                            .filter(open.stream()::equals)
                            .isPresent();
            events.add(
                    new UpkeepEvent.InverseOfferEnded(
                            open, isHeard ? Ending.RESCINDED : Ending.DISCARDED));
        }
        int made = 0;
        for (var each : wanted.entrySet()) {
            var answer = inverse.answer(each.getKey());
            if (answer.isPresent() && answer.get().until().isAfter(at)) continue;
            var question = each.getValue();
            events.add(
                    new UpkeepEvent.InverseOfferMade(
                            new InverseOffer(
                                    ids.apply(made++),
                                    each.getKey(),
                                    question.stream(),
                                    question.unavailability())));
        }
        events.add(new UpkeepEvent.InverseOffersLooked(at.plus(PERIOD)));
        return events;
    }

    /// What is asked, and of whom.
    private record Question(StreamId stream, Unavailability unavailability) {

        static Question of(InverseOffer offer) {
            return new Question(offer.stream(), offer.unavailability());
        }
    }

    private static Map<Spot, Question> wanted(Premises premises) {
        var wanted = new TreeMap<Spot, Question>();
        var maintenance = premises.upkeep().maintenance();
        if (maintenance.isEmpty()) return wanted;
        for (var agent : premises.agents().values()) {
            if (!agent.isLinked() || premises.upkeep().isDeactivated(agent.id())) continue;
            maintenance
                    .unavailability(Premises.machine(agent))
                    .ifPresent(away -> ask(premises, agent, away, wanted));
        }
        return wanted;
    }

    private static void ask(
            Premises premises, Agent agent, Unavailability away, Map<Spot, Question> wanted) {
        premises.tasks()
                .on(agent.id())
                .filter(Task::holdsResources)
                .map(task -> task.key().framework())
                .distinct()
                .forEach(framework ->
                        stream(premises, framework)
                                .ifPresent(stream ->
                                        wanted.put(
                                                new Spot(agent.id(), framework),
                                                new Question(stream, away))));
    }

    private static Optional<StreamId> stream(Premises premises, FrameworkId framework) {
        return Optional.ofNullable(premises.frameworks().get(framework)).flatMap(Framework::stream);
    }

    /// A framework answers. Questions that are not open any more are passed over: it could not
    /// know.
    ///
    /// @param refusal how long it is not to be asked again
    public static List<UpkeepEvent> answered(
            Upkeep upkeep,
            FrameworkId framework,
            List<OfferId> offers,
            boolean isYes,
            Instant at,
            Duration refusal) {
        var answer = new InverseOffers.Answer(isYes, at, at.plus(refusal));
        return offers.stream()
                .distinct()
                .flatMap(id -> upkeep.inverse().find(id).stream())
                .filter(offer -> offer.spot().framework().equals(framework))
                .<UpkeepEvent>map(offer -> new UpkeepEvent.InverseOfferAnswered(offer, answer))
                .toList();
    }
}
