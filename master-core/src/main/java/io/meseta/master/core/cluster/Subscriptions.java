package io.meseta.master.core.cluster;

import io.meseta.master.core.cluster.Command.Subscribe;
import io.meseta.master.core.cluster.Event.OfFramework;
import io.meseta.master.core.cluster.Refusal.CompletedFramework;
import io.meseta.master.core.cluster.Refusal.PrincipalDiffers;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.framework.FrameworkEvent.FrameworkConnected;
import io.meseta.master.core.framework.FrameworkEvent.FrameworkRegistered;
import io.meseta.master.core.framework.FrameworkEvent.FrameworkResubscribed;
import java.util.ArrayList;
import java.util.List;

/// Frameworks that come, and come back.
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
                                        id,
                                        subscribe.stream(),
                                        subscribe.suppressed(),
                                        moment.at()))));
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
                                id, subscribe.stream(), subscribe.suppressed(), moment.at())));
        return Decisions.accepted(events);
    }
}
