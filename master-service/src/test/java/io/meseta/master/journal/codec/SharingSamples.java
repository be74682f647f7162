package io.meseta.master.journal.codec;

import static io.meseta.master.journal.codec.GoldenValues.AT;

import io.meseta.allocator.rule.Sharing;
import io.meseta.allocator.rule.Sorter;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.offer.OfferTerms;
import io.meseta.master.core.reign.Terms;
import io.meseta.master.core.role.RoleEvent;
import io.meseta.master.core.task.Preemption;
import io.meseta.model.FrameworkId;
import io.meseta.model.Priority;
import io.meseta.model.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How roles share, one fact of each kind.
final class SharingSamples {

    private static final Role ENG = new Role("eng");
    private static final Role WEB = new Role("eng/web");

    private SharingSamples() {}

    static List<Event> events() {
        return List.of(set(ENG, true), removed(WEB));
    }

    static Cluster state() {
        return GoldenSamples.state().after(set(ENG, true)).after(set(WEB, false));
    }

    /// With who comes first, as it was first written.
    static Event setWithPriority() {
        var sharing = new Sharing(true, new Priority(-7), true);
        return new Event.OfRole(new RoleEvent.SharingSet(ENG, sharing, AT.plusSeconds(20)));
    }

    /// With what several are offered at once, as it was first written.
    static Event setOptimistic() {
        var sharing = new Sharing(false, Priority.NORMAL, false, true);
        return new Event.OfRole(new RoleEvent.SharingSet(ENG, sharing, AT.plusSeconds(25)));
    }

    static Preemption preemption() {
        return new Preemption(
                ENG,
                Optional.of(new FrameworkId("framework-2")),
                Preemption.Cause.PRIORITY,
                new Priority(10),
                new Priority(-3),
                AT.plusSeconds(21));
    }

    static Terms terms(Terms others) {
        return others.offering(new OfferTerms(Sorter.RANDOM, Duration.ofMillis(1_500), 0.25));
    }

    /// With how long something is held for a gang, as it was first written.
    static Terms gangTerms(Terms others) {
        return others.offering(
                new OfferTerms(Sorter.DRF, Duration.ofMinutes(1), 1, Duration.ofSeconds(90)));
    }

    private static Event set(Role role, boolean lends) {
        var sharing = new Sharing(lends);
        return new Event.OfRole(new RoleEvent.SharingSet(role, sharing, AT.plusSeconds(18)));
    }

    private static Event removed(Role role) {
        return new Event.OfRole(new RoleEvent.SharingRemoved(role, AT.plusSeconds(19)));
    }
}
