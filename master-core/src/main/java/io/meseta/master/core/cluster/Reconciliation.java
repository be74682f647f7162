package io.meseta.master.core.cluster;

import static io.meseta.model.status.StatusReason.REASON_RECONCILIATION;

import io.meseta.master.core.cluster.Command.Question;
import io.meseta.master.core.cluster.Event.OfTask;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.task.Status;
import io.meseta.master.core.task.Task;
import io.meseta.master.core.task.TaskEvent.StatusAnswered;
import io.meseta.model.Opaque;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import io.meseta.model.status.StatusSource;
import java.util.List;
import java.util.Optional;

/// Tells a framework what its tasks are at.
///
/// Where Mesos must be silent after a change of leader, since agents have not come back yet, this
/// master has the journal and answers.
final class Reconciliation {

    private Reconciliation() {}

    static List<Event> decide(
            Cluster cluster, Framework framework, Command.Reconcile command, Moment moment) {
        if (command.questions().isEmpty())
            return cluster.tasks().of(framework.id()).stream()
                    .filter(task -> task.state() != TaskState.TASK_UNREACHABLE)
                    .map(task -> latest(task, moment))
                    .toList();
        return command.questions().stream()
                .map(question -> answer(cluster, framework, question, moment))
                .toList();
    }

    static Event answer(Cluster cluster, Framework framework, Question question, Moment moment) {
        var key = new TaskKey(framework.id(), question.task());
        var task = cluster.tasks().find(key);
        if (task.isPresent()) return known(task.get(), moment);
        var agent = question.agent().flatMap(cluster::agent);
        if (question.agent().filter(cluster.upkeep().gone()::has).isPresent())
            return answer(
                    key,
                    question,
                    TaskState.TASK_GONE_BY_OPERATOR,
                    "Task is gone: an operator has marked its agent gone",
                    moment);
        if (agent.isEmpty())
            return answer(key, question, TaskState.TASK_UNKNOWN, "Task is unknown", moment);
        return agent.get().isUnreachable()
                ? answer(key, question, TaskState.TASK_UNREACHABLE, "Task is unreachable", moment)
                : answer(
                        key, question, TaskState.TASK_GONE, "Task is unknown to the agent", moment);
    }

    private static Event known(Task task, Moment moment) {
        var agent = Optional.of(task.agent());
        return task.state() == TaskState.TASK_UNREACHABLE
                ? answer(
                        task.key(),
                        new Question(task.key().task(), agent),
                        TaskState.TASK_UNREACHABLE,
                        "Task is unreachable",
                        moment)
                : latest(task, moment);
    }

    private static Event latest(Task task, Moment moment) {
        var last = task.trail().last();
        // What it was last told, not what is known by now: the rest is on its way.
        var state = task.trail().told();
        var origin =
                new Status.Origin(
                        StatusSource.MASTER, Optional.of(REASON_RECONCILIATION), moment.at());
        var status =
                new Status(
                        state,
                        origin,
                        "Reconciliation: Latest task state",
                        Optional.empty(),
                        last.map(Status::wire).orElse(Opaque.EMPTY));
        return new OfTask(new StatusAnswered(task.key(), Optional.of(task.agent()), status));
    }

    private static Event answer(
            TaskKey key, Question question, TaskState state, String what, Moment moment) {
        var status =
                Status.byMaster(
                        state, REASON_RECONCILIATION, "Reconciliation: " + what, moment.at());
        return new OfTask(new StatusAnswered(key, question.agent(), status));
    }
}
