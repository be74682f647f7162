package io.meseta.benchmarks.allocator;

import static io.meseta.testkit.cluster.AgentDraft.anAgent;
import static io.meseta.testkit.cluster.FrameworkDraft.aFramework;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Decision;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.cluster.Moment;
import io.meseta.model.FrameworkId;
import io.meseta.testkit.cluster.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A master with many agents, and frameworks that want everything all at once.
final class Crowd {

    private final Cluster cluster;
    private long seed;

    Crowd(int agents, int frameworks) {
        var stage = Stage.empty();
        var ids = new ArrayList<FrameworkId>();
        for (int i = 0; i < frameworks; i++) {
            var id = stage.subscribe(aFramework().in("role"));
            stage.put(new Command.Suppress(stage.caller(id), Collections.emptySortedSet()));
            ids.add(id);
        }
        for (int i = 0; i < agents; i++)
            stage.join(anAgent("host-" + i).with("cpus:24;mem:4096;disk:4096;ports:[31000-32000]"));
        var moment = new Moment(Stage.BEGINNING, 1);
        var next = stage.cluster();
        for (var id : ids) {
            var revive = new Command.Revive(stage.caller(id), Collections.emptySortedSet());
            if (next.decide(revive, moment) instanceof Decision.Accepted(var events))
                for (var event : events) next = next.after(event);
        }
        cluster = next;
    }

    /// The writer's part: what is granted becomes offers, which become the state.
    long offerEverything() {
        List<Event> events = cluster.offer(new Moment(Stage.BEGINNING, ++seed));
        var next = cluster;
        for (var event : events) next = next.after(event);
        return next.offers().size();
    }
}
