package io.meseta.master.journal.codec;

import static io.meseta.master.journal.codec.GoldenValues.AGENT;
import static io.meseta.master.journal.codec.GoldenValues.AT;
import static io.meseta.master.journal.codec.GoldenValues.EXECUTOR;
import static io.meseta.master.journal.codec.GoldenValues.FRAMEWORK;
import static io.meseta.master.journal.codec.GoldenValues.ID;
import static io.meseta.master.journal.codec.GoldenValues.TASK;
import static io.meseta.master.journal.codec.GoldenValues.agentProfile;
import static io.meseta.master.journal.codec.GoldenValues.bytes;
import static io.meseta.master.journal.codec.GoldenValues.frameworkProfile;
import static io.meseta.master.journal.codec.GoldenValues.spec;
import static io.meseta.master.journal.codec.GoldenValues.status;
import static io.meseta.master.journal.codec.GoldenValues.terms;

import io.meseta.allocator.MinAllocatable;
import io.meseta.allocator.constraint.Place;
import io.meseta.master.core.agent.AgentEvent;
import io.meseta.master.core.agent.AgentProfile;
import io.meseta.master.core.agent.Site;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.ClusterEvent.LeadershipTaken;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.executor.ExecutorEvent;
import io.meseta.master.core.executor.ExecutorSpec;
import io.meseta.master.core.framework.FrameworkEvent;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.core.operation.OperationEvent;
import io.meseta.master.core.operation.OperationKey;
import io.meseta.master.core.operation.OperationOwner;
import io.meseta.master.core.operation.OperationSpec;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.role.RoleEvent;
import io.meseta.master.core.task.Home;
import io.meseta.master.core.task.Placement;
import io.meseta.master.core.task.Status;
import io.meseta.master.core.task.TaskEvent;
import io.meseta.master.core.task.TaskSpec;
import io.meseta.master.core.task.WantedKill;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.MasterId;
import io.meseta.model.Opaque;
import io.meseta.model.OperationId;
import io.meseta.model.OperationState;
import io.meseta.model.Priority;
import io.meseta.model.Reservation;
import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.Scalar;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import io.meseta.model.Weight;
import io.meseta.model.conversion.Conversion;
import io.meseta.model.conversion.OperationType;
import io.meseta.model.quota.Limits;
import io.meseta.model.quota.Quantities;
import io.meseta.model.quota.Quota;
import io.meseta.model.status.StatusReason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the golden files were written from. Never changed: a sample that a new field is added to
/// gets the value which that field has for rows that were written before.
final class GoldenSamples {

    private GoldenSamples() {}

    /// One of each kind, the order of a life: folded together they lead to [#state()].
    static List<Event> events() {
        return List.of(
                new Event.OfCluster(
                        new LeadershipTaken(new Epoch(5), new MasterId("master-5"), terms(), AT)),
                of(new FrameworkEvent.FrameworkRegistered(FRAMEWORK, frameworkProfile(), AT)),
                of(
                        new FrameworkEvent.FrameworkResubscribed(
                                FRAMEWORK, frameworkProfile(), AT.plusSeconds(1))),
                of(
                        new FrameworkEvent.FrameworkDisconnected(
                                FRAMEWORK, AT.plusSeconds(2), AT.plusSeconds(60))),
                of(new AgentEvent.AgentAdmitted(AGENT, agentProfile(), 3, AT)),
                of(new AgentEvent.AgentReturned(AGENT, agentProfile(), 4, AT.plusSeconds(3))),
                of(new TaskEvent.TaskLaunched(TASK, spec(), new Placement(AGENT, 5, AT))),
                of(
                        new TaskEvent.StatusReceived(
                                TASK,
                                status(TaskState.TASK_RUNNING),
                                TaskState.TASK_KILLING,
                                AT.plusSeconds(4))),
                of(
                        new TaskEvent.KillWanted(
                                TASK, new WantedKill(6, bytes(1, 2, 3)), AT.plusSeconds(5))),
                of(
                        new TaskEvent.StatusDeclared(
                                TASK,
                                Status.byMaster(
                                        TaskState.TASK_UNREACHABLE,
                                        StatusReason.REASON_AGENT_REMOVED,
                                        "gone",
                                        AT.plusSeconds(6)))),
                of(new TaskEvent.EndAcknowledged(TASK, ID, AT.plusSeconds(7))),
                of(
                        new AgentEvent.OrderGiven(
                                AGENT,
                                7,
                                new AgentEvent.Instruction.ShutdownFramework(FRAMEWORK),
                                AT.plusSeconds(8))),
                of(
                        new AgentEvent.OrderGiven(
                                AGENT,
                                8,
                                new AgentEvent.Instruction.KillStray(TASK),
                                AT.plusSeconds(9))),
                of(new AgentEvent.AgentLost(AGENT, AT.plusSeconds(10))),
                of(new FrameworkEvent.FrameworkRemoved(FRAMEWORK, AT.plusSeconds(11))));
    }

    /// Something of everything that a snapshot can hold.
    static Cluster state() {
        var cluster = Cluster.EMPTY;
        for (var event : events()) cluster = cluster.after(event);
        var other = new FrameworkId("framework-2");
        var second = new AgentId("agent-S2");
        var task = new TaskKey(other, new TaskId("task.2"));
        var more =
                List.of(
                        of(new FrameworkEvent.FrameworkRegistered(other, frameworkProfile(), AT)),
                        of(new AgentEvent.AgentAdmitted(second, agentProfile(), 0, AT)),
                        of(new TaskEvent.TaskLaunched(task, spec(), new Placement(second, 1, AT))),
                        of(
                                new TaskEvent.StatusReceived(
                                        task,
                                        status(TaskState.TASK_RUNNING),
                                        TaskState.TASK_RUNNING,
                                        AT)),
                        of(new TaskEvent.KillWanted(task, new WantedKill(2, Opaque.EMPTY), AT)));
        for (var event : more) cluster = cluster.after(event);
        return cluster;
    }

    /// What a framework may change while it listens.
    static List<Event> updateEvents() {
        return List.of(
                of(
                        new FrameworkEvent.FrameworkUpdated(
                                FRAMEWORK, grownProfile(), AT.plusSeconds(13))));
    }

    /// Events whose form has grown since it was first written, by the names of their files.
    static SortedMap<String, Event> grown() {
        return new TreeMap<>(
                Map.of(
                        "framework_registered-2",
                        of(new FrameworkEvent.FrameworkRegistered(FRAMEWORK, grownProfile(), AT)),
                        "agent_admitted-2",
                        of(new AgentEvent.AgentAdmitted(AGENT, placedProfile(), 3, AT)),
                        "leadership_taken-2",
                        new Event.OfCluster(
                                new LeadershipTaken(
                                        new Epoch(5),
                                        new MasterId("master-5"),
                                        terms().in(Optional.of("eu")),
                                        AT)),
                        "leadership_taken-3",
                        new Event.OfCluster(
                                new LeadershipTaken(
                                        new Epoch(6),
                                        new MasterId("master-6"),
                                        SharingSamples.terms(terms()),
                                        AT)),
                        "leadership_taken-4",
                        new Event.OfCluster(
                                new LeadershipTaken(
                                        new Epoch(7),
                                        new MasterId("master-7"),
                                        SharingSamples.gangTerms(terms()),
                                        AT)),
                        "sharing_set-2",
                        SharingSamples.setWithPriority(),
                        "sharing_set-3",
                        SharingSamples.setOptimistic(),
                        "kill_wanted-2",
                        of(new TaskEvent.KillWanted(TASK, preempted(), AT.plusSeconds(21))),
                        "task_launched-2",
                        of(
                                new TaskEvent.TaskLaunched(
                                        TASK, labelled(), new Placement(AGENT, 5, AT)))));
    }

    private static WantedKill preempted() {
        return new WantedKill(6, Opaque.EMPTY, Optional.of(SharingSamples.preemption()));
    }

    private static TaskSpec labelled() {
        var first = spec();
        return new TaskSpec(
                first.id(),
                first.name(),
                first.role(),
                first.resources(),
                first.wire(),
                first.home(),
                Optional.of(new Priority(-3)));
    }

    private static FrameworkProfile grownProfile() {
        var first = frameworkProfile();
        return new FrameworkProfile(
                first.identity(),
                first.name(),
                first.roles(),
                first.capabilities(),
                first.failoverTimeout(),
                new TreeMap<>(
                        Map.of(
                                new Role("eng"),
                                new MinAllocatable(
                                        List.of(new TreeMap<>(Map.of("cpus", 1_500L)))))),
                first.wire());
    }

    private static AgentProfile placedProfile() {
        var first = agentProfile();
        return new AgentProfile(
                first.hostname(),
                first.port(),
                first.resources(),
                first.capabilities(),
                first.version(),
                first.wire(),
                new Site(
                        "",
                        false,
                        Optional.of(new Place.FaultDomain("eu", "eu-1")),
                        new TreeMap<>(Map.of("rack", Optional.of("r1"), "num", Optional.empty()))));
    }

    /// Of operations, in the order of a life, of which nothing is left in the end.
    static List<Event> operationEvents() {
        return List.of(
                new Event.OfOperation(ordered(9)),
                new Event.OfOperation(
                        new OperationEvent.OperationEnded(
                                new OperationKey(AGENT, 9),
                                OperationState.OPERATION_DROPPED,
                                "not there",
                                AT.plusSeconds(13))),
                new Event.OfOperation(
                        new OperationEvent.OperationAcknowledged(new OperationKey(AGENT, 9))));
    }

    /// The state with operations in each condition besides.
    static Cluster stateWithOperations() {
        var events =
                List.of(
                        ordered(11),
                        ordered(12),
                        new OperationEvent.OperationEnded(
                                new OperationKey(AGENT, 12),
                                OperationState.OPERATION_FINISHED,
                                "",
                                AT.plusSeconds(14)));
        var cluster = state();
        for (var event : events) cluster = cluster.after(new Event.OfOperation(event));
        return cluster;
    }

    /// An operator's.
    static Event wantedByNobody() {
        return new Event.OfOperation(ordered(11, Optional.empty()));
    }

    /// Of executors, in the order of a life, of which nothing is left in the end.
    static List<Event> executorEvents() {
        return List.of(
                new Event.OfExecutor(employed(21)),
                new Event.OfExecutor(
                        new ExecutorEvent.ShutdownWanted(AGENT, EXECUTOR, 22, AT.plusSeconds(16))),
                new Event.OfExecutor(
                        new ExecutorEvent.ExecutorEnded(
                                AGENT,
                                EXECUTOR,
                                Optional.of(256),
                                ExecutorEvent.Ending.REPORTED,
                                AT.plusSeconds(17))),
                of(
                        new AgentEvent.OrderGiven(
                                AGENT,
                                23,
                                new AgentEvent.Instruction.ShutdownExecutor(EXECUTOR),
                                AT.plusSeconds(18))));
    }

    /// The state with an executor that is to end, and a task of it.
    static Cluster stateWithExecutors() {
        var task = new TaskKey(FRAMEWORK, new TaskId("task.3"));
        var spec =
                new TaskSpec(
                        task.task(),
                        "in an executor",
                        new Role("eng"),
                        Resources.ofScalars(0.1, 32),
                        bytes(15),
                        new Home.In(EXECUTOR.executor(), true));
        var events =
                List.<Event>of(
                        new Event.OfExecutor(employed(31)),
                        of(new TaskEvent.TaskLaunched(task, spec, new Placement(AGENT, 31, AT))),
                        new Event.OfExecutor(
                                new ExecutorEvent.ShutdownWanted(AGENT, EXECUTOR, 32, AT)));
        var cluster = state();
        for (var event : events) cluster = cluster.after(event);
        return cluster;
    }

    private static ExecutorEvent employed(long order) {
        var spec =
                new ExecutorSpec(EXECUTOR.executor(), Resources.ofScalars(0.2, 64), bytes(16, 17));
        return new ExecutorEvent.ExecutorLaunched(
                AGENT, EXECUTOR, spec, new Role("eng"), order, AT.plusSeconds(15));
    }

    /// Of roles, in the order of a life.
    static List<Event> roleEvents() {
        var eng = new Role("eng");
        var web = new Role("eng/web");
        return List.of(
                new Event.OfRole(
                        new RoleEvent.WeightsUpdated(
                                new TreeMap<>(Map.of(eng, new Weight(2.5), web, new Weight(1))),
                                AT.plusSeconds(15))),
                new Event.OfRole(
                        new RoleEvent.QuotasUpdated(
                                new TreeMap<>(Map.of(eng, quota(), web, Quota.NONE)),
                                AT.plusSeconds(16))),
                new Event.OfRole(new RoleEvent.QuotaRemoved(web, AT.plusSeconds(17))));
    }

    /// The state with operations, and with roles besides.
    static Cluster stateWithRoles() {
        var cluster = stateWithOperations();
        for (var event : roleEvents()) cluster = cluster.after(event);
        return cluster;
    }

    private static Quota quota() {
        return new Quota(
                Quantities.of(Map.of("cpus", 1_500L)),
                new Limits(new TreeMap<>(Map.of("cpus", 2_000L, "gpus", 0L))));
    }

    private static OperationEvent ordered(long order) {
        return ordered(
                order,
                Optional.of(new OperationOwner(FRAMEWORK, Optional.of(new OperationId("op")))));
    }

    private static OperationEvent ordered(long order, Optional<OperationOwner> owner) {
        var reserved =
                new Resource(
                        ResourceKind.plain("cpus").reserved(Reservation.ofDynamic(new Role("eng"))),
                        Scalar.ofUnits(1));
        return new OperationEvent.OperationOrdered(
                new OperationKey(AGENT, order),
                new OperationSpec(
                        OperationType.RESERVE,
                        Conversion.reserving(List.of(reserved)),
                        bytes(13, 14)),
                owner,
                AT.plusSeconds(12));
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
