package io.meseta.master.journal.codec;

import static io.meseta.master.journal.codec.GoldenSamples.AT;

import io.meseta.allocator.rule.Sharing;
import io.meseta.allocator.rule.Sorter;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.offer.OfferTerms;
import io.meseta.master.core.reign.Terms;
import io.meseta.master.core.role.RoleEvent;
import io.meseta.model.Role;
import java.time.Duration;
import java.util.List;

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

    static Terms terms(Terms others) {
        return others.offering(new OfferTerms(Sorter.RANDOM, Duration.ofMillis(1_500), 0.25));
    }

    private static Event set(Role role, boolean lends) {
        var sharing = new Sharing(lends);
        return new Event.OfRole(new RoleEvent.SharingSet(role, sharing, AT.plusSeconds(18)));
    }

    private static Event removed(Role role) {
        return new Event.OfRole(new RoleEvent.SharingRemoved(role, AT.plusSeconds(19)));
    }
}
