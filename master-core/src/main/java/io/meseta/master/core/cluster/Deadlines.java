package io.meseta.master.core.cluster;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.agent.AgentEvent.AgentLost;
import io.meseta.master.core.cluster.Event.OfAgent;
import io.meseta.master.core.cluster.Event.OfOffer;
import io.meseta.master.core.cluster.Event.OfTask;
import io.meseta.master.core.offer.OfferEvent.RefusalsElapsed;
import io.meseta.master.core.operation.Feedback;
import io.meseta.master.core.operation.OperationAnswers;
import io.meseta.master.core.task.Status;
import io.meseta.master.core.task.TaskEvent.StatusDeclared;
import io.meseta.master.core.upkeep.Departing;
import io.meseta.master.core.upkeep.UpkeepEvent;
import io.meseta.model.TaskState;
import io.meseta.model.status.StatusReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What the mere passing of time ends.
final class Deadlines {

    private Deadlines() {}

    static List<Event> due(Cluster cluster, Moment moment) {
        var events = new ArrayList<Event>();
        // Agents before frameworks: a framework that is removed in the same breath gives orders,
        // and
        // orders are numbered as the agents stand.
        events.addAll(losses(cluster, moment));
        events.addAll(Event.ofUpkeep(Departing.elapsed(cluster.premises(), moment.at())));
        if (isDue(cluster.pool().nextExpiry(), moment))
            events.add(new OfOffer(new RefusalsElapsed(moment.at())));
        events.addAll(
                Event.ofOperations(
                        Feedback.repeated(cluster.operations(), cluster::listens, moment.at())));
        var after = cluster;
        for (var event : events) after = after.after(event);
        for (var event : Staleness.due(after, moment)) {
            after = after.after(event);
            events.add(event);
        }
        for (var event : Priorities.due(after, moment)) {
            after = after.after(event);
            events.add(event);
        }
        for (var framework : cluster.frameworks().values()) {
            if (!isDue(framework.deadline(), moment)) continue;
            var removal = Removal.of(after, framework, moment);
            for (var event : removal) after = after.after(event);
            events.addAll(removal);
        }
        return events;
    }

    /// Those that have been silent for too long, or as many of them as may be given up by now: the
    /// longest silent first.
    private static List<Event> losses(Cluster cluster, Moment moment) {
        var events = new ArrayList<Event>();
        var pace = cluster.reign().terms().lossPause();
        var next = cluster.upkeep().nextLoss();
        var due =
                cluster.agents().values().stream()
                        .filter(agent -> isDue(agent.deadline(), moment))
                        .sorted(Comparator.comparing(agent -> agent.deadline().orElseThrow()))
                        .toList();
        for (var agent : due) {
            if (!pace.isZero()) {
                if (next.isAfter(moment.at())) break;
                next = moment.at().plus(pace);
                events.add(new Event.OfUpkeep(new UpkeepEvent.LossPaced(next)));
            }
            events.addAll(lost(cluster, agent, moment));
        }
        return events;
    }

    private static List<Event> lost(Cluster cluster, Agent agent, Moment moment) {
        var events = new ArrayList<Event>(Withdrawal.rescind(cluster.offers().on(agent.id())));
        events.add(new OfAgent(new AgentLost(agent.id(), moment.at())));
        cluster.tasks()
                .on(agent.id())
                // Also those that are known to have ended, as long as nobody was told.
                .filter(task -> !task.trail().told().isTerminal())
                .map(task ->
                        new StatusDeclared(
                                task.key(),
                                Status.byMaster(
                                        TaskState.TASK_UNREACHABLE,
                                        StatusReason.REASON_AGENT_REMOVED,
                                        "Agent "
                                                + agent.profile().hostname()
                                                + " is unreachable: health check timed"
                                                + " out",
                                        moment.at())))
                .forEach(event -> events.add(new OfTask(event)));
        events.addAll(
                Event.ofOperations(
                        new OperationAnswers(cluster.operations(), cluster::agent)
                                .lost(agent.id())));
        return events;
    }

    private static boolean isDue(Optional<Instant> deadline, Moment moment) {
        return deadline.isPresent() && !deadline.get().isAfter(moment.at());
    }
}
