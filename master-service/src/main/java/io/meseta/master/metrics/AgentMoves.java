package io.meseta.master.metrics;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.agent.AgentEvent;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.upkeep.UpkeepEvent;
import io.meseta.master.engine.Committed;
import io.meseta.master.links.Witness;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// How many agents have come and gone since this process started.
public final class AgentMoves implements Witness {

    private final LongAdder registered = new LongAdder();
    private final LongAdder returned = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder unregistered = new LongAdder();
    private final LongAdder canceled = new LongAdder();

    @Override
    public void saw(Committed committed) {
        for (var event : committed.events()) {
            if (event instanceof Event.OfAgent(var each)) count(committed.before(), each);
            if (event instanceof Event.OfUpkeep(UpkeepEvent.AgentGone _)) unregistered.increment();
            if (event instanceof Event.OfUpkeep(UpkeepEvent.AgentRemoved(_, var cause, _)))
                count(cause);
        }
    }

    private void count(Cluster before, AgentEvent event) {
        switch (event) {
            case AgentEvent.AgentAdmitted _ -> registered.increment();
            case AgentEvent.AgentReturned(var id, _, _, var at) -> {
                returned.increment();
                if (before.agent(id)
                        .flatMap(Agent::deadline)
                        .filter(due -> !due.isAfter(at))
                        .isPresent()) canceled.increment();
            }
            case AgentEvent.AgentLost _ -> lost.increment();
            case AgentEvent.AgentLinked _, AgentEvent.AgentUnlinked _, AgentEvent.OrderGiven _ -> {
                // Neither comes nor goes.
            }
        }
    }

    /// One that nobody has heard of was counted when it was lost.
    private void count(UpkeepEvent.Cause cause) {
        switch (cause) {
            case MACHINE_DOWN -> unregistered.increment();
            case UNHEARD_OF -> {}
        }
    }

    /// Adds the figures by Mesos' names. An agent is scheduled to be given up once it is due; one
    /// that comes back before its turn is none any more.
    void figures(Cluster cluster, Instant now, Map<String, Double> figures) {
        long due =
                cluster.agents().values().stream()
                        .filter(agent ->
                                agent.deadline().filter(at -> !at.isAfter(now)).isPresent())
                        .count();
        figures.put("master/slave_registrations", (double) registered.sum());
        figures.put("master/slave_reregistrations", (double) returned.sum());
        figures.put("master/slave_removals", (double) lost.sum() + unregistered.sum());
        figures.put("master/slave_removals/reason_registered", 0.0);
        figures.put("master/slave_removals/reason_unhealthy", (double) lost.sum());
        figures.put("master/slave_removals/reason_unregistered", (double) unregistered.sum());
        figures.put(
                "master/slave_unreachable_scheduled", (double) lost.sum() + due + canceled.sum());
        figures.put("master/slave_unreachable_completed", (double) lost.sum());
        figures.put("master/slave_unreachable_canceled", (double) canceled.sum());
        // Nobody is shut down for being away: as in Mesos, which still shows these.
        figures.put("master/slave_shutdowns_scheduled", 0.0);
        figures.put("master/slave_shutdowns_completed", 0.0);
        figures.put("master/slave_shutdowns_canceled", 0.0);
    }
}
