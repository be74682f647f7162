package io.meseta.agent.core.machine;

import io.meseta.agent.core.Moment;
import io.meseta.agent.core.executor.AgentExecutor;
import io.meseta.agent.core.executor.ExecutorEvent;
import io.meseta.agent.core.holding.Holdings;
import io.meseta.agent.core.order.Orders;
import io.meseta.agent.core.step.Desired;
import io.meseta.agent.core.step.Subject;
import io.meseta.agent.core.task.AgentTask;
import io.meseta.agent.core.task.TaskEvent;
import io.meseta.agent.core.update.Cause;
import io.meseta.model.AgentId;
import io.meseta.model.ExecutorKey;
import io.meseta.model.TaskKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/// All that one agent believes, at one moment. Immutable: share it freely.
///
/// Only recorded events matter for what is kept on disk: a machine that is read back differs in
/// nothing but when its updates are due.
///
/// @param holdings what operations have made of the machine's resources
/// @param drain empty unless it is being emptied, or has been
/// @param tasks every task held: not yet ended, or ended and not yet fully acknowledged
/// @param executors every executor held: not yet ended, or ended with tasks that are held
public record Machine(
        Standing standing,
        Orders orders,
        Reports reports,
        Holdings holdings,
        Optional<Drain> drain,
        PSortedMap<TaskKey, AgentTask> tasks,
        PSortedMap<ExecutorKey, AgentExecutor> executors) {

    /// A machine without executors.
    public Machine(
            Standing standing,
            Orders orders,
            Reports reports,
            Holdings holdings,
            Optional<Drain> drain,
            PSortedMap<TaskKey, AgentTask> tasks) {
        this(standing, orders, reports, holdings, drain, tasks, TreePMap.empty());
    }

    /// One that is not being drained.
    public Machine(
            Standing standing,
            Orders orders,
            Reports reports,
            Holdings holdings,
            PSortedMap<TaskKey, AgentTask> tasks) {
        this(standing, orders, reports, holdings, Optional.empty(), tasks);
    }

    public static Machine empty() {
        return new Machine(
                new Standing.Stranger(),
                Orders.none(),
                Reports.none(),
                Holdings.none(),
                TreePMap.empty());
    }

    /// Answers a command without changing anything.
    public Decision decide(Command command, Moment moment) {
        return new Deciding(this, moment).decide(command);
    }

    /// The machine as it is once `event` has happened.
    public Machine after(Event event) {
        return switch (event) {
            case Event.OfTask(var key, var taskEvent) -> afterTask(key, taskEvent);
            case Event.OfExecutor(var key, var executorEvent) -> afterExecutor(key, executorEvent);
            case Event.ResourcesConverted(var order, var conversion, var about) ->
                    having(holdings.after(order, conversion, about));
            case Event.OperationDropped(var outcome) -> having(holdings.with(outcome));
            case Event.VolumesSettled(var order) -> having(holdings.settled(order));
            case Event.OutcomeHeard(var order) -> having(holdings.without(order));
            case Event.OutcomeSent(_, var number) ->
                    new Machine(
                            standing,
                            orders,
                            reports.used(number),
                            holdings,
                            drain,
                            tasks,
                            executors);
            case Event.Admitted(var agent) ->
                    new Machine(
                            new Standing.Member(agent),
                            orders,
                            reports,
                            holdings,
                            drain,
                            tasks,
                            executors);
            case Event.EpochRaised(var epoch) ->
                    new Machine(
                            standing,
                            orders.atEpoch(epoch),
                            reports,
                            holdings,
                            drain,
                            tasks,
                            executors);
            case Event.OrderTaken(var number) ->
                    new Machine(
                            standing,
                            orders.taken(number),
                            reports,
                            holdings,
                            drain,
                            tasks,
                            executors);
            case Event.ReportsReserved(var limit) ->
                    new Machine(
                            standing,
                            orders,
                            reports.reserved(limit),
                            holdings,
                            drain,
                            tasks,
                            executors);
            case Event.StartedOver() -> startedOver();
            case Event.SentAway(var reason) ->
                    new Machine(
                            new Standing.Exile(reason),
                            orders,
                            reports,
                            holdings,
                            drain,
                            tasks,
                            executors);
            case Event.DrainHeard(var heard) ->
                    new Machine(standing, orders, reports, holdings, heard, tasks, executors);
            case Event.LeftForAWhile() -> this;
        };
    }

    private Machine startedOver() {
        return new Machine(
                new Standing.Stranger(),
                orders.startedOver(),
                Reports.none(),
                holdings.startedOver(),
                Optional.empty(),
                tasks,
                executors);
    }

    /// The machine that has these holdings.
    public Machine having(Holdings held) {
        return new Machine(standing, orders, reports, held, drain, tasks, executors);
    }

    public Optional<AgentTask> task(TaskKey key) {
        return Optional.ofNullable(tasks.get(key));
    }

    public Optional<AgentExecutor> executor(ExecutorKey key) {
        return Optional.ofNullable(executors.get(key));
    }

    /// The tasks that belong to this run of an executor.
    public List<AgentTask> tasksIn(AgentExecutor executor) {
        return tasks.values().stream()
                .filter(task ->
                        task.spec()
                                .home()
                                .executorRun()
                                .filter(executor.container()::equals)
                                .isPresent())
                .toList();
    }

    /// The machine with these executors.
    public Machine employing(PSortedMap<ExecutorKey, AgentExecutor> held) {
        return new Machine(standing, orders, reports, holdings, drain, tasks, held);
    }

    /// Empty until a master has admitted this agent.
    public Optional<AgentId> agent() {
        return standing instanceof Standing.Member(var agent)
                ? Optional.of(agent)
                : Optional.empty();
    }

    /// Whether it may say hello: a stranger waits until what it ran under its old id is gone.
    public boolean mayJoin() {
        return switch (standing) {
            case Standing.Member _ -> true;
            case Standing.Stranger() -> tasks.isEmpty() && executors.isEmpty();
            case Standing.Exile _ -> false;
        };
    }

    /// The cause of a kill, in the words for it while this agent is being emptied.
    Cause said(Cause cause) {
        return drain.isPresent()
                ? new Cause(cause.source(), Cause.Reason.AGENT_DRAINING, cause.message())
                : cause;
    }

    /// What should be true of the processes of every task that has one of its own, and of every
    /// executor.
    public SequencedMap<Subject, Desired> desired() {
        var desired = LinkedHashMap.<Subject, Desired>newLinkedHashMap(tasks.size());
        for (var executor : executors.values())
            desired.put(Subject.of(executor.key()), executor.desired());
        for (var task : tasks.values())
            if (!task.spec().isHosted()) desired.put(Subject.of(task.key()), task.desired());
        return desired;
    }

    /// When time alone next changes something; [Instant#MAX] for never.
    public Instant deadline() {
        // Asked for before every wait, so without a stream's cost.
        var earliest = Instant.MAX;
        for (var task : tasks.values()) earliest = earlier(earliest, task.deadline());
        for (var executor : executors.values()) earliest = earlier(earliest, executor.deadline());
        return earliest;
    }

    private static Instant earlier(Instant one, Instant other) {
        return other.isBefore(one) ? other : one;
    }

    private Machine afterTask(TaskKey key, TaskEvent event) {
        return switch (event) {
            case TaskEvent.Ordered ordered -> holding(tasks.plus(key, AgentTask.from(ordered)));
            case TaskEvent.Forgotten() -> holding(tasks.minus(key));
            case TaskEvent.Sent(_, var number, _) ->
                    new Machine(
                            standing,
                            orders,
                            reports.used(number),
                            holdings,
                            drain,
                            updated(key, event),
                            executors);
            case TaskEvent.Prepared _,
                    TaskEvent.Delivered _,
                    TaskEvent.Started _,
                    TaskEvent.KillBegun _,
                    TaskEvent.KillHastened _,
                    TaskEvent.KillForced _,
                    TaskEvent.Told _,
                    TaskEvent.Ended _,
                    TaskEvent.Abandoned _,
                    TaskEvent.Succeeded _,
                    TaskEvent.Acknowledged _,
                    TaskEvent.DueAgain _ ->
                    holding(updated(key, event));
        };
    }

    private Machine afterExecutor(ExecutorKey key, ExecutorEvent event) {
        return switch (event) {
            case ExecutorEvent.Ordered ordered ->
                    employing(executors.plus(key, AgentExecutor.from(ordered)));
            case ExecutorEvent.Forgotten() -> employing(executors.minus(key));
            case ExecutorEvent.Said(_, var number) -> counting(number);
            case ExecutorEvent.EndTold(_, var number) -> counting(number);
            case ExecutorEvent.Prepared _,
                    ExecutorEvent.Started _,
                    ExecutorEvent.Registered _,
                    ExecutorEvent.Attended _,
                    ExecutorEvent.Left _,
                    ExecutorEvent.Awaited _,
                    ExecutorEvent.Handed _,
                    ExecutorEvent.KillHanded _,
                    ExecutorEvent.UpdateRepeated _,
                    ExecutorEvent.KillBegun _,
                    ExecutorEvent.KillForced _,
                    ExecutorEvent.Ended _ -> {
                var executor = executors.get(key);
                yield executor == null
                        ? this
                        : employing(executors.plus(key, executor.after(event)));
            }
        };
    }

    private Machine counting(long number) {
        return new Machine(
                standing, orders, reports.used(number), holdings, drain, tasks, executors);
    }

    private PSortedMap<TaskKey, AgentTask> updated(TaskKey key, TaskEvent event) {
        var task = tasks.get(key);
        return task == null ? tasks : tasks.plus(key, task.after(event));
    }

    private Machine holding(PSortedMap<TaskKey, AgentTask> held) {
        return new Machine(standing, orders, reports, holdings, drain, held, executors);
    }
}
