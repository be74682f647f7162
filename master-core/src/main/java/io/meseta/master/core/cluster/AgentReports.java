package io.meseta.master.core.cluster;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.agent.AgentEvent.AgentUnlinked;
import io.meseta.master.core.cluster.Command.FromAgent;
import io.meseta.master.core.cluster.Command.LoseLink;
import io.meseta.master.core.cluster.Command.Report;
import io.meseta.master.core.cluster.Command.ReportOperation;
import io.meseta.master.core.cluster.Event.OfAgent;
import io.meseta.master.core.cluster.Event.OfTask;
import io.meseta.master.core.cluster.Refusal.StaleLink;
import io.meseta.master.core.cluster.Refusal.UnknownAgent;
import io.meseta.master.core.operation.Feedback;
import io.meseta.master.core.task.Status;
import io.meseta.master.core.task.Task;
import io.meseta.master.core.task.TaskEvent;
import io.meseta.master.core.task.TaskEvent.StatusReceived;
import io.meseta.master.core.task.TaskEvent.StatusRepeated;
import io.meseta.master.core.task.TaskEvent.StrayReported;
import io.meseta.master.core.upkeep.Drain;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.TaskState;
import io.meseta.model.status.StatusReason;
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
            case ReportOperation(var id, _, var outcome) ->
                    isCurrent
                            ? Decisions.accepted(
                                    Event.ofOperations(
                                            Feedback.ended(
                                                    cluster.operations(),
                                                    id,
                                                    outcome,
                                                    moment.at())))
                            : Decisions.refused(new StaleLink(id));
            case Command.ReportExecutorEnd end ->
                    isCurrent
                            ? Decisions.accepted(Employment.ended(cluster, end, moment))
                            : Decisions.refused(new StaleLink(command.agent()));
            case Command.ReportMessage message ->
                    isCurrent
                            ? Decisions.accepted(Employment.message(cluster, message))
                            : Decisions.refused(new StaleLink(command.agent()));
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
        // Nobody waits for word of a task that another agent runs by now under the same id.
        var event =
                cluster.tasks()
                        .find(report.task())
                        .filter(task -> task.agent().equals(report.agent()))
                        .map(task -> status(cluster, task, report, moment))
                        .orElseGet(() -> stray(report));
        return Decisions.accepted(List.of(new OfTask(event)));
    }

    private static TaskEvent status(Cluster cluster, Task task, Report report, Moment moment) {
        if (!task.isLaunchedBy(report.order())) return stray(report);
        if (report.order() == 0 && isOfItsForerunner(cluster, task, report.status()))
            return stray(report);
        var uuid = report.status().uuid().orElseThrow();
        if (task.awaits(uuid))
            return new StatusRepeated(task.key(), task.explained(report.status()));
        // The receipt was lost between here and the agent, or the report was late: an agent's next
        // status has come in the meantime, and the framework must not hear of an older one.
        if (task.isPast(uuid)) return stray(report);
        return received(cluster, task, report, moment);
    }

    /// The kills of a drain that marks the agent gone mean just that, to whoever knows the word.
    private static TaskEvent received(Cluster cluster, Task task, Report report, Moment moment) {
        boolean isDrained =
                report.status()
                        .origin()
                        .reason()
                        .filter(StatusReason.REASON_AGENT_DRAINING::equals)
                        .isPresent();
        boolean isForGood =
                cluster.upkeep().drain(report.agent()).filter(Drain::marksGone).isPresent();
        boolean knowsTheWord =
                cluster.framework(report.task().framework())
                        .filter(each -> each.profile().can(FrameworkCapability.PARTITION_AWARE))
                        .isPresent();
        if (!isDrained
                || !isForGood
                || !knowsTheWord
                || report.status().state() != TaskState.TASK_KILLED)
            return new StatusReceived(
                    task.key(), task.explained(report.status()), report.newest(), moment.at());
        var gone = TaskState.TASK_GONE_BY_OPERATOR;
        return new StatusReceived(task.key(), report.status().as(gone), gone, moment.at());
    }

    /// Whether the status is the end of an earlier task of the same id, whose receipt never reached
    /// the agent. Only an end can be: everything before it was acknowledged earlier. For agents
    /// that do not say which launch they speak of.
    private static boolean isOfItsForerunner(Cluster cluster, Task task, Status status) {
        if (!status.isTerminal() || !task.trail().changes().isEmpty()) return false;
        var ended = cluster.completed().find(task.key());
        return ended.isPresent() && ended.get().task().isPast(status.uuid().orElseThrow());
    }

    private static TaskEvent stray(Report report) {
        return new StrayReported(
                report.task(), report.agent(), report.status().uuid().orElseThrow());
    }
}
