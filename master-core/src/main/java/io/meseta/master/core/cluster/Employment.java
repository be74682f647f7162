package io.meseta.master.core.cluster;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.cluster.Command.HeldExecutor;
import io.meseta.master.core.cluster.Event.OfExecutor;
import io.meseta.master.core.executor.Executor;
import io.meseta.master.core.executor.ExecutorEvent;
import io.meseta.master.core.executor.ExecutorEvent.Ending;
import io.meseta.master.core.executor.ExecutorEvent.ExecutorEnded;
import io.meseta.master.core.executor.ExecutorEvent.ExecutorLaunched;
import io.meseta.master.core.executor.ExecutorEvent.MessageReceived;
import io.meseta.master.core.executor.ExecutorEvent.MessageSent;
import io.meseta.master.core.executor.ExecutorEvent.ShutdownWanted;
import io.meseta.master.core.framework.Framework;
import io.meseta.model.AgentId;
import io.meseta.model.ExecutorKey;
import io.meseta.model.FrameworkId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Executors between their first task and their end.
///
/// An executor may end while a task for it is under way: the agent then starts another one. So
/// whenever one has ended, tasks that its agent had not seen by then make a new one.
final class Employment {

    private Employment() {}

    static Cluster after(Cluster cluster, ExecutorEvent event) {
        var executors = cluster.tasks().executors();
        return switch (event) {
            case ExecutorLaunched(var agent, var key, var spec, var role, var order, _) -> {
                var executor = new Executor(agent, key, spec, role, order, 0);
                var next = cluster.with(cluster.tasks().with(executors.with(executor)));
                yield Shares.used(next, executor);
            }
            case ExecutorEnded(var agent, var key, _, _, _) ->
                    executors
                            .find(agent, key)
                            .map(executor ->
                                    Shares.unused(
                                            cluster.with(
                                                    cluster.tasks()
                                                            .with(executors.without(agent, key))),
                                            executor))
                            .orElse(cluster);
            case ShutdownWanted(var id, var key, var order, _) -> {
                var wanted = executors.find(id, key).map(each -> each.toBeShutDown(order));
                var next =
                        wanted.map(each -> cluster.with(cluster.tasks().with(executors.with(each))))
                                .orElse(cluster);
                yield next.agent(id).map(agent -> next.with(agent.ordered(order))).orElse(next);
            }
            case ExecutorEvent.GroupOrdered _, MessageSent _, MessageReceived _ -> cluster;
        };
    }

    /// The agent is none of the cluster's any more, and with it what it ran.
    static Cluster left(Cluster cluster, AgentId agent) {
        var tasks = cluster.tasks();
        return cluster.with(tasks.with(tasks.executors().without(agent)));
    }

    /// An agent or executor that is not there is passed over, as in Mesos, and so is one that is to
    /// end already: its agent is told until it has heard.
    static List<Event> shutdown(
            Cluster cluster, Framework framework, Command.ShutdownExecutor call, Moment moment) {
        var key = new ExecutorKey(framework.id(), call.executor());
        var agent = cluster.agent(call.agent());
        var executor = cluster.tasks().executors().find(call.agent(), key);
        if (agent.isEmpty() || executor.filter(each -> each.shutdown() == 0).isEmpty())
            return List.of();
        long order = agent.get().lastOrder() + 1;
        return List.of(new OfExecutor(new ShutdownWanted(call.agent(), key, order, moment.at())));
    }

    /// Nobody is promised that it arrives.
    static List<Event> message(Cluster cluster, Framework framework, Command.SendMessage call) {
        var key = new ExecutorKey(framework.id(), call.executor());
        boolean isHeard = cluster.agent(call.agent()).filter(Agent::isLinked).isPresent();
        if (!isHeard || cluster.tasks().executors().find(call.agent(), key).isEmpty())
            return List.of();
        return List.of(new OfExecutor(new MessageSent(call.agent(), key, call.data())));
    }

    static List<Event> message(Cluster cluster, Command.ReportMessage report) {
        return cluster.framework(report.executor().framework()).isEmpty()
                ? List.of()
                : List.of(
                        new OfExecutor(
                                new MessageReceived(
                                        report.agent(), report.executor(), report.data())));
    }

    static List<Event> ended(Cluster cluster, Command.ReportExecutorEnd report, Moment moment) {
        var said = report.executor();
        var known = cluster.tasks().executors().find(report.agent(), said.executor());
        // An older one, of whose end was heard already.
        if (known.filter(each -> each.order() == said.order()).isEmpty()) return List.of();
        var end =
                new ExecutorEnded(
                        report.agent(),
                        said.executor(),
                        report.status(),
                        Ending.REPORTED,
                        moment.at());
        return ended(known.get(), end, next(cluster, known.get(), report.seen()), moment);
    }

    private static List<Event> ended(
            Executor executor, ExecutorEnded end, Optional<Long> successor, Moment moment) {
        var events = new ArrayList<Event>();
        events.add(new OfExecutor(end));
        successor.ifPresent(order ->
                events.add(
                        new OfExecutor(
                                new ExecutorLaunched(
                                        executor.agent(),
                                        executor.key(),
                                        executor.spec(),
                                        executor.role(),
                                        order,
                                        moment.at()))));
        return events;
    }

    /// The order by which the agent will start another one of that name: the first that it has not
    /// seen.
    private static Optional<Long> next(Cluster cluster, Executor executor, long seen) {
        return cluster.tasks()
                .on(executor.agent())
                .filter(task -> task.isOf(executor) && !task.state().isTerminal())
                .map(task -> task.placement().order())
                .filter(order -> order > seen)
                .min(Comparator.naturalOrder());
    }

    /// An agent that comes back is right about which executors it has.
    static List<Event> settled(Cluster cluster, AgentId id, Command.Greet greet, Moment moment) {
        long seen = greet.recollection().orderSeen();
        var held = held(greet);
        var events = new ArrayList<Event>();
        for (var executor : cluster.tasks().executors().on(id).toList()) {
            // On its way.
            if (executor.order() > seen) continue;
            var said = Optional.ofNullable(held.get(executor.key()));
            if (said.filter(order -> order == executor.order()).isPresent()) continue;
            var end =
                    new ExecutorEnded(
                            id, executor.key(), Optional.empty(), Ending.MISSED, moment.at());
            var successor = said.or(() -> next(cluster, executor, seen));
            events.addAll(ended(executor, end, successor, moment));
        }
        return events;
    }

    /// What the agent has and nobody wants.
    static List<HeldExecutor> strays(Cluster cluster, AgentId id, Command.Greet greet) {
        return greet.executors().stream()
                .filter(each -> cluster.tasks().executors().find(id, each.executor()).isEmpty())
                .toList();
    }

    private static Map<ExecutorKey, Long> held(Command.Greet greet) {
        var held = new TreeMap<ExecutorKey, Long>();
        for (var executor : greet.executors()) held.put(executor.executor(), executor.order());
        return held;
    }

    /// Their framework is gone.
    static List<Event> disowned(Cluster cluster, FrameworkId framework, Moment moment) {
        return cluster.tasks()
                .executors()
                .of(framework)
                .<Event>map(executor ->
                        new OfExecutor(
                                new ExecutorEnded(
                                        executor.agent(),
                                        executor.key(),
                                        Optional.empty(),
                                        Ending.DISOWNED,
                                        moment.at())))
                .toList();
    }
}
