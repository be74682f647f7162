package io.meseta.master.core.cluster;

import io.meseta.master.core.cluster.Command.Subscribe;
import io.meseta.master.core.cluster.Event.OfFramework;
import io.meseta.master.core.cluster.Refusal.CompletedFramework;
import io.meseta.master.core.cluster.Refusal.PrincipalDiffers;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.framework.FrameworkEvent.FrameworkConnected;
import io.meseta.master.core.framework.FrameworkEvent.FrameworkRegistered;
import io.meseta.master.core.framework.FrameworkEvent.FrameworkResubscribed;
import io.meseta.master.core.framework.FrameworkEvent.FrameworkUpdated;
import io.meseta.master.core.framework.FrameworkEvent.WishesChanged;
import java.util.ArrayList;
import java.util.List;

/// Frameworks that come, come back, and change while they listen.
final class Subscriptions {

    private Subscriptions() {}

    static Decision decide(Cluster cluster, Subscribe subscribe, Moment moment) {
        if (subscribe.id().isEmpty()) return register(cluster, subscribe, moment);
        var id = subscribe.id().get();
        if (cluster.completed().hasFramework(id))
            return Decisions.refused(new CompletedFramework(id));
        return cluster.framework(id)
                .map(framework -> resubscribe(cluster, framework, subscribe, moment))
                .orElseGet(() -> register(cluster, subscribe, moment));
    }

    /// A framework may bring an id of its own, also one that this cluster has never given.
    private static Decision register(Cluster cluster, Subscribe subscribe, Moment moment) {
        var id = subscribe.id().orElseGet(cluster::nextFramework);
        return Decisions.accepted(
                List.of(
                        new OfFramework(
                                new FrameworkRegistered(id, subscribe.profile(), moment.at())),
                        new OfFramework(
                                new FrameworkConnected(
                                        id, subscribe.stream(), subscribe.wishes(), moment.at()))));
    }

    private static Decision resubscribe(
            Cluster cluster, Framework framework, Subscribe subscribe, Moment moment) {
        var id = framework.id();
        var first = framework.profile().identity().principal();
        if (!subscribe.profile().identity().principal().equals(first))
            return Decisions.refused(new PrincipalDiffers(id));
        var events = new ArrayList<Event>(Withdrawal.discard(cluster.offers().of(id)));
        events.add(
                new OfFramework(new FrameworkResubscribed(id, subscribe.profile(), moment.at())));
        events.add(
                new OfFramework(
                        new FrameworkConnected(
                                id, subscribe.stream(), subscribe.wishes(), moment.at())));
        return Decisions.accepted(events);
    }

    /// What it holds in roles that it has left stays its own; only offers for them are taken back.
    static List<Event> update(
            Cluster cluster, Framework framework, Command.UpdateFramework update, Moment moment) {
        var id = framework.id();
        var events = new ArrayList<Event>();
        var next = framework.updated(update.profile());
        if (!next.equals(framework))
            events.add(new OfFramework(new FrameworkUpdated(id, next.profile(), moment.at())));
        if (!update.wishes().equals(Shares.wishes(cluster, id)))
            events.add(new OfFramework(new WishesChanged(id, update.wishes())));
        var left =
                cluster.offers().of(id).stream()
                        .filter(offer -> !next.profile().roles().contains(offer.grant().role()))
                        .toList();
        events.addAll(Withdrawal.rescind(left));
        return events;
    }
}
