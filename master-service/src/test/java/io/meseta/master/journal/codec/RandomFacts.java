package io.meseta.master.journal.codec;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.agent.AgentEvent;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.ClusterEvent.FeatureLevelRaised;
import io.meseta.master.core.cluster.ClusterEvent.LeadershipTaken;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.executor.ExecutorEvent;
import io.meseta.master.core.executor.ExecutorSpec;
import io.meseta.master.core.framework.FrameworkEvent;
import io.meseta.master.core.operation.OperationEvent;
import io.meseta.master.core.operation.OperationOwner;
import io.meseta.master.core.operation.OperationSpec;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.reign.FeatureLevel;
import io.meseta.master.core.role.RoleEvent;
import io.meseta.master.core.task.TaskEvent;
import io.meseta.master.core.upkeep.Maintenance;
import io.meseta.master.core.upkeep.UpkeepEvent;
import io.meseta.master.engine.Entry;
import io.meseta.model.AgentId;
import io.meseta.model.ExecutorId;
import io.meseta.model.ExecutorKey;
import io.meseta.model.OperationState;
import io.meseta.model.Role;
import io.meseta.model.TaskState;
import io.meseta.model.Weight;
import io.meseta.model.conversion.Conversion;
import io.meseta.model.conversion.OperationType;
import io.meseta.model.quota.Limits;
import io.meseta.model.quota.Quantities;
import io.meseta.model.quota.Quota;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Recorded events of every kind, and states that such events lead to, from a seeded source.
public final class RandomFacts {

    /// The highest feature level that occurs.
    public static final int LEVEL_MAX = 9;

    private final Random random;
    private final RandomValues values;
    private final RandomUpkeep upkeep;
    private final List<Supplier<Event>> kinds;

    public RandomFacts(Random random) {
        this.random = random;
        this.values = new RandomValues(random);
        this.upkeep = new RandomUpkeep(random, values);
        this.kinds =
                List.of(
                        this::leadershipTaken,
                        this::frameworkRegistered,
                        this::featureLevelRaised,
                        this::frameworkResubscribed,
                        this::frameworkUpdated,
                        this::frameworkDisconnected,
                        this::frameworkRemoved,
                        this::agentAdmitted,
                        this::agentReturned,
                        this::agentLost,
                        this::frameworkShutdownOrdered,
                        this::strayKillOrdered,
                        this::taskLaunched,
                        this::statusReceived,
                        this::statusDeclared,
                        this::endAcknowledged,
                        this::killWanted,
                        this::operationOrdered,
                        this::operationEnded,
                        this::operationAcknowledged,
                        this::weightsUpdated,
                        this::quotasUpdated,
                        this::quotaRemoved,
                        this::sharingChanged,
                        upkeep::agentDeactivated,
                        upkeep::agentReactivated,
                        upkeep::drainBegun,
                        upkeep::drainEnded,
                        upkeep::agentGone,
                        upkeep::agentRemoved,
                        upkeep::goneElapsed,
                        upkeep::scheduleSet,
                        upkeep::machinesTakenDown,
                        upkeep::machinesBroughtUp,
                        this::executorLaunched,
                        this::executorEnded,
                        this::executorShutdownWanted,
                        this::executorShutdownOrdered);
    }

    /// One of each kind.
    List<Event> oneOfEach() {
        return kinds.stream().map(Supplier::get).toList();
    }

    /// Of a random kind.
    public Event event() {
        return kinds.get(random.nextInt(kinds.size())).get();
    }

    public List<Event> events(int max) {
        var events = new ArrayList<Event>();
        for (int i = random.nextInt(max); i >= 0; i--) events.add(event());
        return events;
    }

    public Entry entry(long sequence, Epoch epoch) {
        return new Entry(sequence, epoch, values.time(), events(5));
    }

    /// A state with something of everything in it. Few ids, so that events meet each other.
    public Cluster cluster(int events) {
        var cluster = Cluster.EMPTY.after(leadershipTaken());
        for (int i = 0; i < events; i++) {
            var event = event();
            if (isPossible(cluster, event)) cluster = cluster.after(event);
        }
        return cluster;
    }

    /// What the core would never decide is no fact, and need not survive.
    public static boolean isPossible(Cluster cluster, Event event) {
        return switch (event) {
            case Event.OfFramework(FrameworkEvent.FrameworkRegistered(var id, _, _)) ->
                    cluster.framework(id).isEmpty();
            case Event.OfFramework(FrameworkEvent.FrameworkRemoved(var id, _)) ->
                    cluster.tasks().of(id).isEmpty()
                            && cluster.tasks().executors().of(id).findAny().isEmpty();
            case Event.OfAgent(AgentEvent.AgentAdmitted(var id, _, _, _)) ->
                    cluster.agent(id).isEmpty();
            case Event.OfAgent(AgentEvent.AgentReturned _), Event.OfAgent(AgentEvent.AgentLost _) ->
                    false;
            case Event.OfTask(TaskEvent.TaskLaunched(var key, _, var placement)) ->
                    cluster.tasks().find(key).isEmpty()
                            && cluster.framework(key.framework()).isPresent()
                            && cluster.agent(placement.agent())
                                    .filter(Agent::isUnreachable)
                                    .isEmpty()
                            && cluster.agent(placement.agent()).isPresent();
            case Event.OfOperation(OperationEvent.OperationOrdered(var key, _, var owner, _)) ->
                    cluster.operations().find(key).isEmpty()
                            && owner.filter(each -> cluster.framework(each.framework()).isEmpty())
                                    .isEmpty()
                            && cluster.agent(key.agent()).isPresent();
            case Event.OfExecutor(ExecutorEvent.ExecutorLaunched(var id, var key, _, _, _, _)) ->
                    cluster.tasks().executors().find(id, key).isEmpty()
                            && cluster.framework(key.framework()).isPresent()
                            && cluster.agent(id).filter(each -> !each.isUnreachable()).isPresent();
            case Event.OfUpkeep(UpkeepEvent.AgentGone(var agent, _)) -> isEmpty(cluster, agent);
            case Event.OfUpkeep(UpkeepEvent.AgentRemoved(var agent, _, _)) ->
                    isEmpty(cluster, agent);
            case Event.OfUpkeep(UpkeepEvent.MachinesTakenDown(var machines, _)) ->
                    machines.stream().allMatch(cluster.upkeep().maintenance()::isScheduled);
            // What is down stays in the schedule.
            case Event.OfUpkeep(UpkeepEvent.ScheduleSet _) ->
                    cluster.upkeep().maintenance().in(Maintenance.Mode.DOWN).isEmpty();
            case Event.OfUpkeep _,
                    Event.OfCluster _,
                    Event.OfExecutor _,
                    Event.OfRole _,
                    Event.OfOperation _,
                    Event.OfFramework _,
                    Event.OfAgent _,
                    Event.OfTask _,
                    Event.OfOffer _ ->
                    true;
        };
    }

    private static boolean isEmpty(Cluster cluster, AgentId agent) {
        return cluster.tasks().on(agent).findAny().isEmpty()
                && cluster.operations().on(agent).findAny().isEmpty();
    }

    private Event leadershipTaken() {
        return new Event.OfCluster(
                new LeadershipTaken(
                        new Epoch(values.number()),
                        values.masterId(),
                        values.terms(),
                        values.time()));
    }

    private Event featureLevelRaised() {
        return new Event.OfCluster(
                new FeatureLevelRaised(
                        new FeatureLevel(1 + random.nextInt(LEVEL_MAX)), values.time()));
    }

    private Event weightsUpdated() {
        var weights = new TreeMap<Role, Weight>();
        for (int i = random.nextInt(3); i >= 0; i--)
            weights.put(values.role(), new Weight(0.5 + random.nextInt(8)));
        return new Event.OfRole(new RoleEvent.WeightsUpdated(weights, values.time()));
    }

    private Event quotasUpdated() {
        var quotas = new TreeMap<Role, Quota>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            long promised = random.nextInt(3_000);
            var limits = new TreeMap<String, Long>();
            if (random.nextBoolean()) limits.put("cpus", promised + random.nextInt(2_000));
            if (random.nextBoolean()) limits.put("mem", 0L);
            var guarantees = Quantities.of(Map.of("cpus", promised));
            quotas.put(values.role(), new Quota(guarantees, new Limits(limits)));
        }
        return new Event.OfRole(new RoleEvent.QuotasUpdated(quotas, values.time()));
    }

    private Event quotaRemoved() {
        return new Event.OfRole(new RoleEvent.QuotaRemoved(values.role(), values.time()));
    }

    private Event sharingChanged() {
        return new Event.OfRole(
                random.nextInt(3) == 0
                        ? new RoleEvent.SharingRemoved(values.role(), values.time())
                        : new RoleEvent.SharingSet(values.role(), values.sharing(), values.time()));
    }

    private Event frameworkRegistered() {
        return of(
                new FrameworkEvent.FrameworkRegistered(
                        values.frameworkId(), values.frameworkProfile(), values.time()));
    }

    private Event frameworkResubscribed() {
        return of(
                new FrameworkEvent.FrameworkResubscribed(
                        values.frameworkId(), values.frameworkProfile(), values.time()));
    }

    private Event frameworkUpdated() {
        return of(
                new FrameworkEvent.FrameworkUpdated(
                        values.frameworkId(), values.frameworkProfile(), values.time()));
    }

    private Event frameworkDisconnected() {
        return of(
                new FrameworkEvent.FrameworkDisconnected(
                        values.frameworkId(), values.time(), values.time()));
    }

    private Event frameworkRemoved() {
        return of(new FrameworkEvent.FrameworkRemoved(values.frameworkId(), values.time()));
    }

    private Event agentAdmitted() {
        return of(
                new AgentEvent.AgentAdmitted(
                        values.agentId(), values.agentProfile(), values.number(), values.time()));
    }

    private Event agentReturned() {
        return of(
                new AgentEvent.AgentReturned(
                        values.agentId(), values.agentProfile(), values.number(), values.time()));
    }

    private Event agentLost() {
        return of(new AgentEvent.AgentLost(values.agentId(), values.time()));
    }

    private Event frameworkShutdownOrdered() {
        return of(
                new AgentEvent.OrderGiven(
                        values.agentId(),
                        values.number(),
                        new AgentEvent.Instruction.ShutdownFramework(values.frameworkId()),
                        values.time()));
    }

    private Event strayKillOrdered() {
        return of(
                new AgentEvent.OrderGiven(
                        values.agentId(),
                        values.number(),
                        new AgentEvent.Instruction.KillStray(values.taskKey()),
                        values.time()));
    }

    private Event taskLaunched() {
        var key = values.taskKey();
        return of(new TaskEvent.TaskLaunched(key, values.taskSpec(key.task()), values.placement()));
    }

    private Event statusReceived() {
        return of(
                new TaskEvent.StatusReceived(
                        values.taskKey(),
                        values.status(),
                        values.any(TaskState.class),
                        values.time()));
    }

    private Event statusDeclared() {
        return of(new TaskEvent.StatusDeclared(values.taskKey(), values.status()));
    }

    private Event endAcknowledged() {
        return of(new TaskEvent.EndAcknowledged(values.taskKey(), values.uuid(), values.time()));
    }

    private Event killWanted() {
        return of(new TaskEvent.KillWanted(values.taskKey(), values.kill(), values.time()));
    }

    private Event operationOrdered() {
        var resources = values.resources();
        return new Event.OfOperation(
                new OperationEvent.OperationOrdered(
                        values.operationKey(),
                        new OperationSpec(
                                values.any(OperationType.class),
                                new Conversion(resources, resources),
                                values.opaque()),
                        values.maybe(() ->
                                new OperationOwner(values.frameworkId(), values.operationId())),
                        values.time()));
    }

    private Event operationEnded() {
        var state =
                random.nextBoolean()
                        ? OperationState.OPERATION_FINISHED
                        : OperationState.OPERATION_FAILED;
        return new Event.OfOperation(
                new OperationEvent.OperationEnded(
                        values.operationKey(), state, values.text(), values.time()));
    }

    private Event operationAcknowledged() {
        return new Event.OfOperation(
                new OperationEvent.OperationAcknowledged(values.operationKey()));
    }

    private Event executorLaunched() {
        var key = executorKey();
        return new Event.OfExecutor(
                new ExecutorEvent.ExecutorLaunched(
                        values.agentId(),
                        key,
                        new ExecutorSpec(key.executor(), values.resources(), values.opaque()),
                        values.role(),
                        values.number(),
                        values.time()));
    }

    private Event executorEnded() {
        return new Event.OfExecutor(
                new ExecutorEvent.ExecutorEnded(
                        values.agentId(),
                        executorKey(),
                        random.nextBoolean() ? Optional.of(random.nextInt()) : Optional.empty(),
                        values.any(ExecutorEvent.Ending.class),
                        values.time()));
    }

    private Event executorShutdownWanted() {
        return new Event.OfExecutor(
                new ExecutorEvent.ShutdownWanted(
                        values.agentId(), executorKey(), values.number(), values.time()));
    }

    private Event executorShutdownOrdered() {
        return of(
                new AgentEvent.OrderGiven(
                        values.agentId(),
                        values.number(),
                        new AgentEvent.Instruction.ShutdownExecutor(executorKey()),
                        values.time()));
    }

    private ExecutorKey executorKey() {
        return new ExecutorKey(
                values.frameworkId(), new ExecutorId("executor-" + random.nextInt(2)));
    }

    private static Event of(FrameworkEvent event) {
        return new Event.OfFramework(event);
    }

    private static Event of(AgentEvent event) {
        return new Event.OfAgent(event);
    }

    private static Event of(TaskEvent event) {
        return new Event.OfTask(event);
    }
}
