package io.meseta.master.core.cluster;

import io.meseta.allocator.Grant;
import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.cluster.Event.OfExecutor;
import io.meseta.master.core.cluster.Event.OfOperation;
import io.meseta.master.core.cluster.Event.OfTask;
import io.meseta.master.core.cluster.Operation.Convert;
import io.meseta.master.core.cluster.Operation.Invalid;
import io.meseta.master.core.cluster.Operation.Launch;
import io.meseta.master.core.cluster.Operation.LaunchGroup;
import io.meseta.master.core.cluster.Operation.Proposal;
import io.meseta.master.core.contest.Rivalry;
import io.meseta.master.core.executor.Executor;
import io.meseta.master.core.executor.ExecutorEvent.ExecutorLaunched;
import io.meseta.master.core.executor.ExecutorEvent.GroupOrdered;
import io.meseta.master.core.executor.ExecutorSpec;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.operation.Converting;
import io.meseta.master.core.operation.Needs;
import io.meseta.master.core.operation.OperationEvent.OperationAnswered;
import io.meseta.master.core.operation.OperationEvent.OperationOrdered;
import io.meseta.master.core.operation.OperationKey;
import io.meseta.master.core.operation.OperationOwner;
import io.meseta.master.core.operation.OperationSpec;
import io.meseta.master.core.operation.OperationStatus;
import io.meseta.master.core.task.Placement;
import io.meseta.master.core.task.Status;
import io.meseta.master.core.task.TaskEvent.StatusAnswered;
import io.meseta.master.core.task.TaskEvent.TaskLaunched;
import io.meseta.master.core.task.TaskSpec;
import io.meseta.model.AgentId;
import io.meseta.model.ExecutorKey;
import io.meseta.model.OfferId;
import io.meseta.model.OperationId;
import io.meseta.model.Resources;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import io.meseta.model.status.StatusReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Applies the operations of one ACCEPT, in their order, to what its offers hold.
///
/// An ACCEPT is never refused: each task that can't be launched gets a status that says why, and
/// what is left over is declined.
final class Acceptance {

    private static final String INVALID_OFFERS = "Operation attempted with invalid offers: ";

    private final Cluster cluster;
    private final Framework framework;
    private final Moment moment;
    private final List<Event> events = new ArrayList<>();
    private final Set<TaskKey> launched = new TreeSet<>();

    /// Executors that tasks of this ACCEPT have brought along.
    private final Map<ExecutorKey, ExecutorSpec> employed = new TreeMap<>();

    /// Offers that have ended already.
    private final List<Offer> withdrawn = new ArrayList<>();

    private Resources left = Resources.EMPTY;
    private long lastOrder;

    private Acceptance(Cluster cluster, Framework framework, Moment moment) {
        this.cluster = cluster;
        this.framework = framework;
        this.moment = moment;
    }

    static List<Event> decide(
            Cluster cluster, Framework framework, Command.Accept accept, Moment moment) {
        return new Acceptance(cluster, framework, moment).decide(accept);
    }

    private List<Event> decide(Command.Accept accept) {
        var named = accept.offers().stream().distinct().toList();
        var offers = Declining.own(cluster, framework, named);
        var rivals = Rivalry.rivals(cluster.offers(), offers);
        withdrawn.addAll(offers);
        withdrawn.addAll(rivals);
        events.addAll(Withdrawal.answered(offers));
        var problem = problem(accept.offers(), offers).or(() -> lost(offers, rivals));
        if (problem.isPresent()) {
            invalid(accept.operations(), problem.get());
            return events;
        }
        var grant = offers.getFirst().grant();
        var found = cluster.agent(grant.agent());
        if (found.isEmpty() || !found.get().isLinked()) {
            unreachable(accept.operations());
            return events;
        }
        var agent = found.get();
        var converting = converting(agent);
        lastOrder = agent.lastOrder();
        for (var offer : offers) left = together(left, offer.grant().resources());
        for (var operation : accept.operations()) apply(operation, grant, converting);
        // Before anything of it is used.
        if (lastOrder > agent.lastOrder()) events.addAll(offers.size(), Withdrawal.rescind(rivals));
        // What was made of them was not what the framework was offered, so it has not refused it.
        var declined = left.without(converting.made());
        var rest = new Grant(grant.agent(), grant.framework(), grant.role(), declined);
        Declining.refuse(rest, accept.refusal(), moment).ifPresent(events::add);
        return events;
    }

    /// A shared volume that comes with several offers is one volume.
    private static Resources together(Resources some, Resources more) {
        return some.plus(
                more.filter(each -> !each.kind().shared() || some.copies(each.kind()) == 0));
    }

    private Optional<String> problem(List<OfferId> named, List<Offer> offers) {
        if (named.isEmpty()) return Optional.of("No offers specified");
        var seen = new TreeSet<OfferId>();
        for (var id : named) {
            if (!seen.add(id)) return Optional.of("Duplicate offer " + id + " in offer list");
            if (offers.stream().noneMatch(offer -> offer.id().equals(id)))
                return Optional.of("Offer " + id + " is no longer valid");
        }
        if (offers.stream().map(Offer::agent).distinct().count() > 1)
            return Optional.of("Aggregated offers must belong to one single agent");
        if (offers.stream().map(offer -> offer.grant().role()).distinct().count() > 1)
            return Optional.of("Aggregated offers must be allocated to the same role");
        return Optional.empty();
    }

    /// Copies may be had once only, and only while what they hold is free and nobody is owed it.
    private Optional<String> lost(List<Offer> offers, List<Offer> rivals) {
        var copy = offers.stream().filter(Offer::isCopy).findFirst().map(Offer::id);
        if (copy.isEmpty()) return Optional.empty();
        var after = cluster;
        for (var event : Withdrawal.answered(offers)) after = after.after(event);
        for (var event : Withdrawal.rescind(rivals)) after = after.after(event);
        if (Rivalry.areThere(offers, after.pool())) return Optional.empty();
        return Optional.of("Offer " + copy.get() + " is no longer valid");
    }

    private void invalid(List<Operation> operations, String problem) {
        for (var operation : operations)
            switch (operation) {
                case Launch(var proposals) ->
                        proposals.forEach(each ->
                                drop(
                                        each,
                                        StatusReason.REASON_INVALID_OFFERS,
                                        "Task launched with invalid offers: " + problem));
                case LaunchGroup(_, var tasks) ->
                        tasks.forEach(each ->
                                drop(
                                        each,
                                        StatusReason.REASON_INVALID_OFFERS,
                                        "Task launched with invalid offers: " + problem));
                case Convert(var id, _, _) -> fail(id, INVALID_OFFERS + problem);
                case Invalid(var id, _) -> fail(id, INVALID_OFFERS + problem);
            }
    }

    /// The offers hold, but the agent went away in the meantime. Other operations than launches end
    /// here without a word, as in Mesos.
    private void unreachable(List<Operation> operations) {
        for (var operation : operations)
            proposals(operation)
                    .forEach(each ->
                            drop(
                                    each,
                                    StatusReason.REASON_AGENT_DISCONNECTED,
                                    "Agent disconnected"));
    }

    private static List<? extends Proposal> proposals(Operation operation) {
        return switch (operation) {
            case Launch(var proposals) -> proposals;
            case LaunchGroup(_, var tasks) -> tasks;
            case Convert _, Invalid _ -> List.of();
        };
    }

    private void apply(Operation operation, Grant grant, Converting converting) {
        switch (operation) {
            case Launch(var proposals) ->
                    proposals.forEach(each -> launch(each, grant, converting));
            case LaunchGroup(var executor, var tasks) -> launch(executor, tasks, grant, converting);
            case Convert(var id, var spec, _) -> convert(id, spec, grant, converting);
            case Invalid(var id, var message) -> fail(id, message);
        }
    }

    private Converting converting(Agent agent) {
        var converting = new Converting(agent, cluster.operations().count(framework.id()));
        cluster.tasks().heldOn(agent.id()).forEach(converting::uses);
        return converting;
    }

    private void convert(
            Optional<OperationId> id, OperationSpec spec, Grant grant, Converting converting) {
        var problem = converting.problem(id, spec, left, grant.role());
        if (problem.isPresent()) {
            fail(id, problem.get());
            return;
        }
        events.addAll(Withdrawal.rescind(others(spec, grant.agent())));
        lastOrder++;
        left = converting.convert(spec, left);
        events.add(
                new OfOperation(
                        new OperationOrdered(
                                new OperationKey(grant.agent(), lastOrder),
                                spec,
                                Optional.of(new OperationOwner(framework.id(), id)),
                                moment.at())));
    }

    /// Offers to others that hold a shared volume which is taken away, each once.
    private List<Offer> others(OperationSpec spec, AgentId agent) {
        var volumes = Converting.withdrawn(spec);
        var others =
                cluster.offers().on(agent).stream()
                        .filter(offer -> !withdrawn.contains(offer))
                        .filter(offer ->
                                offer.grant().resources().kinds().stream()
                                        .anyMatch(volumes::contains))
                        .toList();
        withdrawn.addAll(others);
        return others;
    }

    private void launch(Proposal proposal, Grant grant, Converting converting) {
        switch (proposal) {
            case Proposal.Malformed(var task, var agent, var reason, var message) ->
                    refuse(new TaskKey(framework.id(), task), agent, reason, message);
            case Proposal.Wellformed(var spec, var agent, _, var executor) -> {
                var key = new TaskKey(framework.id(), spec.id());
                var needed = executor.map(each -> needed(each, grant)).orElse(Resources.EMPTY);
                var problem =
                        executor.flatMap(each -> mismatch(each, grant))
                                .or(() -> problem(key, spec, agent, grant))
                                .or(() -> shortage(spec, needed, grant));
                if (problem.isPresent()) {
                    refuse(key, grant.agent(), StatusReason.REASON_TASK_INVALID, problem.get());
                } else {
                    lastOrder++;
                    executor.ifPresent(each -> employ(each, grant, converting));
                    start(key, spec, grant.agent());
                    converting.uses(spec.resources());
                }
            }
        }
    }

    /// All of them or none.
    private void launch(
            ExecutorSpec executor,
            List<Proposal.Wellformed> tasks,
            Grant grant,
            Converting converting) {
        var problem = problem(executor, tasks, grant);
        if (problem.isPresent()) {
            for (var task : tasks)
                refuse(
                        new TaskKey(framework.id(), task.task()),
                        grant.agent(),
                        StatusReason.REASON_TASK_GROUP_INVALID,
                        problem.get());
            return;
        }
        lastOrder++;
        employ(executor, grant, converting);
        for (var task : tasks) {
            start(new TaskKey(framework.id(), task.task()), task.spec(), grant.agent());
            converting.uses(task.spec().resources());
        }
        events.add(new OfExecutor(new GroupOrdered(grant.agent(), framework.id(), lastOrder)));
    }

    private Optional<String> problem(
            ExecutorSpec executor, List<Proposal.Wellformed> tasks, Grant grant) {
        var mismatch = mismatch(executor, grant);
        if (mismatch.isPresent()) return mismatch;
        var needs = new ArrayList<Resources>();
        needs.add(needed(executor, grant));
        for (var task : tasks) {
            var key = new TaskKey(framework.id(), task.task());
            var problem = problem(key, task.spec(), task.agent(), grant);
            if (problem.isPresent())
                return Optional.of("Task '" + task.task() + "' is invalid: " + problem.get());
            needs.add(task.spec().resources());
        }
        return new Needs(needs).lack(left, grant.role(), "task group and its executor are");
    }

    /// What the executor of that id is, if there is one or is about to be.
    private Optional<ExecutorSpec> employedAs(ExecutorSpec executor, Grant grant) {
        var key = new ExecutorKey(framework.id(), executor.id());
        return Optional.ofNullable(employed.get(key))
                .or(() -> cluster.tasks().executors().find(grant.agent(), key).map(Executor::spec));
    }

    private Optional<String> mismatch(ExecutorSpec executor, Grant grant) {
        return employedAs(executor, grant)
                .filter(known -> !known.wire().equals(executor.wire()))
                .map(_ ->
                        "ExecutorInfo is not compatible with existing ExecutorInfo with same"
                                + " ExecutorID.");
    }

    private Resources needed(ExecutorSpec executor, Grant grant) {
        return employedAs(executor, grant).isPresent() ? Resources.EMPTY : executor.resources();
    }

    private void employ(ExecutorSpec executor, Grant grant, Converting converting) {
        if (employedAs(executor, grant).isPresent()) return;
        var key = new ExecutorKey(framework.id(), executor.id());
        employed.put(key, executor);
        left = left.minus(executor.resources());
        converting.uses(executor.resources());
        events.add(
                new OfExecutor(
                        new ExecutorLaunched(
                                grant.agent(),
                                key,
                                executor,
                                grant.role(),
                                lastOrder,
                                moment.at())));
    }

    private Optional<String> problem(TaskKey key, TaskSpec spec, AgentId named, Grant grant) {
        var known = cluster.tasks().find(key);
        if (known.filter(task -> task.state() == TaskState.TASK_UNREACHABLE).isPresent())
            return Optional.of("Task reuses the ID of an unreachable task: " + spec.id());
        if (launched.contains(key) || known.isPresent())
            return Optional.of("Task has duplicate ID: " + spec.id());
        if (!named.equals(grant.agent()))
            return Optional.of(
                    "Task uses invalid agent "
                            + named
                            + " while agent "
                            + grant.agent()
                            + " is expected");
        if (!spec.role().equals(grant.role()))
            return Optional.of(
                    "Task's resources are allocated to role '"
                            + spec.role()
                            + "', but the offer is of role '"
                            + grant.role()
                            + "'");
        return Optional.empty();
    }

    /// @param needed what its executor needs beside it
    private Optional<String> shortage(TaskSpec spec, Resources needed, Grant grant) {
        return new Needs(List.of(needed, spec.resources()))
                .lack(left, grant.role(), "task and its executor is");
    }

    private void start(TaskKey key, TaskSpec spec, AgentId agent) {
        // Any number of tasks may use a volume that is shared.
        left = left.minus(spec.resources().filter(each -> !each.kind().shared()));
        launched.add(key);
        var placement = new Placement(agent, lastOrder, moment.at());
        events.add(new OfTask(new TaskLaunched(key, spec, placement)));
    }

    private void drop(Proposal proposal, StatusReason reason, String message) {
        var agent =
                switch (proposal) {
                    case Proposal.Wellformed(_, var named, _, _) -> named;
                    case Proposal.Malformed(_, var named, _, _) -> named;
                };
        var key = new TaskKey(framework.id(), proposal.task());
        // A repetition of an ACCEPT that was done finds its offers gone, and its tasks launched.
        if (cluster.tasks().find(key).isPresent()) return;
        answer(key, agent, Status.byMaster(TaskState.TASK_DROPPED, reason, message, moment.at()));
    }

    private void refuse(TaskKey key, AgentId agent, StatusReason reason, String message) {
        answer(key, agent, Status.byMaster(TaskState.TASK_ERROR, reason, message, moment.at()));
    }

    private void answer(TaskKey key, AgentId agent, Status status) {
        events.add(new OfTask(new StatusAnswered(key, Optional.of(agent), status)));
    }

    /// Only an operation with an id has anyone waiting for its end.
    private void fail(Optional<OperationId> id, String message) {
        id.map(each -> OperationStatus.error(each, message))
                .map(status -> new OperationAnswered(framework.id(), status))
                .ifPresent(event -> events.add(new OfOperation(event)));
    }
}
