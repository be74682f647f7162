package io.meseta.master.core.cluster;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.agent.AgentEvent.AgentUnlinked;
import io.meseta.master.core.cluster.Command.FromAgent;
import io.meseta.master.core.cluster.Command.LoseLink;
import io.meseta.master.core.cluster.Command.Report;
import io.meseta.master.core.cluster.Event.OfAgent;
import io.meseta.master.core.cluster.Event.OfTask;
import io.meseta.master.core.cluster.Refusal.ForeignTask;
import io.meseta.master.core.cluster.Refusal.StaleLink;
import io.meseta.master.core.cluster.Refusal.UnknownAgent;
import io.meseta.master.core.task.Task;
import io.meseta.master.core.task.TaskEvent;
import io.meseta.master.core.task.TaskEvent.StatusReceived;
import io.meseta.master.core.task.TaskEvent.StatusRepeated;
import io.meseta.master.core.task.TaskEvent.StrayReported;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What agents say once they have said hello.
final class AgentReports {

    private AgentReports() {}

    static Decision decide(Cluster cluster, FromAgent command, Moment moment) {
        var agent = cluster.agent(command.agent());
        if (agent.isEmpty()) return Decisions.refused(new UnknownAgent(command.agent()));
        boolean isCurrent = agent.get().link().filter(command.link()::equals).isPresent();
        return switch (command) {
            case LoseLink(_, _, var lastHeard) ->
                    Decisions.accepted(
                            isCurrent
                                    ? unlinked(cluster, agent.get(), lastHeard, moment)
                                    : List.of());
            case Report report ->
                    isCurrent
                            ? report(cluster, report, moment)
                            : Decisions.refused(new StaleLink(command.agent()));
        };
    }

    private static List<Event> unlinked(
            Cluster cluster, Agent agent, Instant lastHeard, Moment moment) {
        var events = new ArrayList<Event>(Withdrawal.rescind(cluster.offers().on(agent.id())));
        // A clock that is ahead must not make silence last longer.
        var heard = lastHeard.isAfter(moment.at()) ? moment.at() : lastHeard;
        var silence = cluster.reign().terms().agentSilenceMax();
        events.add(new OfAgent(new AgentUnlinked(agent.id(), heard, heard.plus(silence))));
        return events;
    }

    private static Decision report(Cluster cluster, Report report, Moment moment) {
        var task = cluster.tasks().find(report.task());
        if (task.isPresent() && !task.get().agent().equals(report.agent()))
            return Decisions.refused(new ForeignTask(report.task(), report.agent()));
        var event = task.map(known -> status(known, report, moment)).orElseGet(() -> stray(report));
        return Decisions.accepted(List.of(new OfTask(event)));
    }

    private static TaskEvent status(Task task, Report report, Moment moment) {
        var uuid = report.status().uuid().orElseThrow();
        if (task.awaits(uuid)) return new StatusRepeated(task.key(), report.status());
        // The receipt was lost between here and the agent, or the report was late: an agent's next
        // status has come in the meantime, and the framework must not hear of an older one.
        if (task.isPast(uuid)) return stray(report);
        return new StatusReceived(task.key(), report.status(), report.newest(), moment.at());
    }

    private static TaskEvent stray(Report report) {
        return new StrayReported(
                report.task(), report.agent(), report.status().uuid().orElseThrow());
    }
}
