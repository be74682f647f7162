package io.meseta.agent.core.machine;

import static java.util.Comparator.naturalOrder;

import io.meseta.agent.core.Moment;
import io.meseta.agent.core.holding.Holdings;
import io.meseta.agent.core.order.Orders;
import io.meseta.agent.core.step.Desired;
import io.meseta.agent.core.task.AgentTask;
import io.meseta.agent.core.task.TaskEvent;
import io.meseta.agent.core.update.Cause;
import io.meseta.model.AgentId;
import io.meseta.model.TaskKey;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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
public record Machine(
        Standing standing,
        Orders orders,
        Reports reports,
        Holdings holdings,
        Optional<Drain> drain,
        PSortedMap<TaskKey, AgentTask> tasks) {

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
            case Event.ResourcesConverted(var order, var conversion, var about) ->
                    having(holdings.after(order, conversion, about));
            case Event.OperationDropped(var outcome) -> having(holdings.with(outcome));
            case Event.VolumesSettled(var order) -> having(holdings.settled(order));
            case Event.OutcomeHeard(var order) -> having(holdings.without(order));
            case Event.OutcomeSent(_, var number) ->
                    new Machine(standing, orders, reports.used(number), holdings, drain, tasks);
            case Event.Admitted(var agent) ->
                    new Machine(
                            new Standing.Member(agent), orders, reports, holdings, drain, tasks);
            case Event.EpochRaised(var epoch) ->
                    new Machine(standing, orders.atEpoch(epoch), reports, holdings, drain, tasks);
            case Event.OrderTaken(var number) ->
                    new Machine(standing, orders.taken(number), reports, holdings, drain, tasks);
            case Event.ReportsReserved(var limit) ->
                    new Machine(standing, orders, reports.reserved(limit), holdings, drain, tasks);
            case Event.StartedOver() ->
                    new Machine(
                            new Standing.Stranger(),
                            orders.startedOver(),
                            Reports.none(),
                            holdings.startedOver(),
                            Optional.empty(),
                            tasks);
            case Event.SentAway(var reason) ->
                    new Machine(
                            new Standing.Exile(reason), orders, reports, holdings, drain, tasks);
            case Event.DrainHeard(var heard) ->
                    new Machine(standing, orders, reports, holdings, heard, tasks);
            case Event.LeftForAWhile() -> this;
        };
    }

    /// The machine that has these holdings.
    public Machine having(Holdings held) {
        return new Machine(standing, orders, reports, held, drain, tasks);
    }

    public Optional<AgentTask> task(TaskKey key) {
        return Optional.ofNullable(tasks.get(key));
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
            case Standing.Stranger() -> tasks.isEmpty();
            case Standing.Exile _ -> false;
        };
    }

    /// The cause of a kill, in the words for it while this agent is being emptied.
    Cause said(Cause cause) {
        return drain.isPresent()
                ? new Cause(cause.source(), Cause.Reason.AGENT_DRAINING, cause.message())
                : cause;
    }

    /// What should be true of every task's processes.
    public SortedMap<TaskKey, Desired> desired() {
        var desired = new TreeMap<TaskKey, Desired>();
        for (var task : tasks.values()) desired.put(task.key(), task.desired());
        return desired;
    }

    /// When time alone next changes something; [Instant#MAX] for never.
    public Instant deadline() {
        return tasks.values().stream()
                .map(AgentTask::deadline)
                .min(naturalOrder())
                .orElse(Instant.MAX);
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
                            updated(key, event));
            case TaskEvent.Prepared _,
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

    private PSortedMap<TaskKey, AgentTask> updated(TaskKey key, TaskEvent event) {
        var task = tasks.get(key);
        return task == null ? tasks : tasks.plus(key, task.after(event));
    }

    private Machine holding(PSortedMap<TaskKey, AgentTask> held) {
        return new Machine(standing, orders, reports, holdings, drain, held);
    }
}
