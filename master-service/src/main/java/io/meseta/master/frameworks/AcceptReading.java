package io.meseta.master.frameworks;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Operation;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.frameworks.TaskReading.Reading.Proposed;
import io.meseta.master.frameworks.TaskReading.Reading.Unnameable;
import io.meseta.master.resources.Asker;
import io.meseta.master.wire.Sealed;
import io.meseta.master.wire.Unacceptable;
import io.meseta.master.wire.WireIds;
import io.meseta.mesos.v1.ExecutorInfo;
import io.meseta.mesos.v1.OfferID;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.scheduler.Call;
import io.meseta.model.FrameworkId;
import io.meseta.model.OfferId;
import io.meseta.model.Role;
import io.meseta.model.status.StatusReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads what a framework wants done with offers.
final class AcceptReading {

    private final TaskReading tasks;
    private final Optional<OperationReading> resources;
    private final Optional<Agent> agent;
    private final List<Operation> operations = new ArrayList<>();
    private final List<Unnameable> unnameable = new ArrayList<>();

    private AcceptReading(
            TaskReading tasks, Optional<OperationReading> resources, Optional<Agent> agent) {
        this.tasks = tasks;
        this.agent = agent;
        this.resources = resources;
    }

    /// @param unnameable tasks of which the core can't hear
    record Accepting(List<Operation> operations, List<Unnameable> unnameable) {}

    /// Whether what is asked for may be done.
    record Permits(TaskReading.Permit tasks, OperationReading.Permit resources) {}

    static Accepting read(
            FrameworkId framework, Call.Accept accept, Cluster cluster, Permits permits) {
        // An offer's role and agent never change, so it does not matter that this looks at the
        // state
        // of a moment ago; the writer checks what can change.
        var offer =
                offers(accept.getOfferIdsList()).stream()
                        .flatMap(id -> cluster.offers().find(id).stream())
                        .filter(each -> each.framework().equals(framework))
                        .findFirst();
        var role =
                offer.map(each -> each.grant().role())
                        .or(() ->
                                cluster.framework(framework)
                                        .map(each -> each.profile().roles().first()))
                        .orElse(Role.ANY);
        var agent = offer.map(Offer::agent);
        var resources =
                cluster.framework(framework)
                        .map(each ->
                                Asker.framework(
                                        each.profile(), role, agent.flatMap(cluster::agent)))
                        .map(asker -> new OperationReading(asker, permits.resources()));
        var reading =
                new AcceptReading(
                        new TaskReading(
                                framework,
                                role,
                                agent,
                                new ExecutorReading(framework, role, agent, cluster),
                                permits.tasks()),
                        resources,
                        agent.flatMap(cluster::agent));
        for (var operation : accept.getOperationsList()) reading.read(operation);
        return new Accepting(reading.operations, reading.unnameable);
    }

    /// The ids as they are named. What can't be an offer's id is no offer's, which the core will
    /// find out if it is told of an id that no offer has.
    static List<OfferId> offers(List<OfferID> wire) {
        return wire.stream()
                .map(id -> WireIds.find(id.getValue(), OfferId::new).orElse(NOBODYS))
                .toList();
    }

    private static final OfferId NOBODYS = new OfferId("(not an offer id)");

    private void read(io.meseta.mesos.v1.Offer.Operation operation) {
        switch (operation.getType()) {
            case UNKNOWN -> {
                // Ignored, as by Mesos: a later kind of operation, perhaps.
            }
            case LAUNCH -> launch(operation);
            case LAUNCH_GROUP -> launchGroup(operation);
            case RESERVE,
                    UNRESERVE,
                    CREATE,
                    DESTROY,
                    GROW_VOLUME,
                    SHRINK_VOLUME,
                    CREATE_DISK,
                    DESTROY_DISK ->
                    // Of a framework that is not there the core will say so.
                    resources.ifPresent(each -> operations.add(each.read(operation)));
        }
    }

    private void launch(io.meseta.mesos.v1.Offer.Operation operation) {
        var wanted = operation.getLaunch().getTaskInfosList();
        if (operation.hasId())
            refuse(
                    wanted,
                    StatusReason.REASON_TASK_INVALID,
                    "The `id` field cannot be set on LAUNCH operations");
        else add(wanted.stream().map(this::single).toList());
    }

    private TaskReading.Reading single(TaskInfo task) {
        return LaunchChecks.problem(task, agent)
                .map(problem -> tasks.refuse(task, StatusReason.REASON_TASK_INVALID, problem))
                .orElseGet(() -> tasks.read(task));
    }

    private TaskReading.Reading member(TaskInfo task, ExecutorInfo executor) {
        try {
            LaunchChecks.checkLimits(task, agent);
            return tasks.readMember(task, executor);
        } catch (Unacceptable invalid) {
            return tasks.refuse(
                    task,
                    StatusReason.REASON_TASK_GROUP_INVALID,
                    GroupChecks.words(task) + invalid.getMessage());
        }
    }

    /// All of them or none: what is wrong with one is wrong with all.
    private void launchGroup(io.meseta.mesos.v1.Offer.Operation operation) {
        var group = operation.getLaunchGroup();
        var wanted = group.getTaskGroup().getTasksList();
        try {
            if (operation.hasId())
                throw new Unacceptable("The `id` field cannot be set on LAUNCH_GROUP operations");
            GroupChecks.check(group, tasks.framework());
            var executor = tasks.executors().read(group.getExecutor());
            GroupChecks.checkCgroups(
                    Stream.concat(wanted.stream(), tasks.executors().tasks(executor.id())));
            var info = Sealed.executor(executor.wire());
            var readings = wanted.stream().map(task -> member(task, info)).toList();
            var problem = readings.stream().flatMap(each -> problem(each).stream()).findFirst();
            if (problem.isPresent())
                refuse(wanted, problem.get().reason(), problem.get().message());
            else operations.add(new Operation.LaunchGroup(executor, members(readings)));
        } catch (Unacceptable invalid) {
            refuse(wanted, StatusReason.REASON_TASK_GROUP_INVALID, invalid.getMessage());
        }
    }

    private record Problem(StatusReason reason, String message) {}

    private static Optional<Problem> problem(TaskReading.Reading reading) {
        return switch (reading) {
            case Proposed(Operation.Proposal.Malformed(_, _, var reason, var message)) ->
                    Optional.of(new Problem(reason, message));
            case Proposed(Operation.Proposal.Wellformed _) -> Optional.empty();
            case Unnameable(_, _, var message) ->
                    Optional.of(new Problem(StatusReason.REASON_TASK_GROUP_INVALID, message));
        };
    }

    private static List<Operation.Proposal.Wellformed> members(List<TaskReading.Reading> readings) {
        return readings.stream()
                .<Operation.Proposal.Wellformed>mapMulti((reading, out) -> {
                    if (reading instanceof Proposed(Operation.Proposal.Wellformed member))
                        out.accept(member);
                })
                .toList();
    }

    private void refuse(List<TaskInfo> wanted, StatusReason reason, String problem) {
        add(wanted.stream().map(task -> tasks.refuse(task, reason, problem)).toList());
    }

    private void add(List<TaskReading.Reading> readings) {
        var proposals = new ArrayList<Operation.Proposal>();
        for (var reading : readings)
            switch (reading) {
                case Proposed(var proposal) -> proposals.add(proposal);
                case Unnameable nameless -> unnameable.add(nameless);
            }
        operations.add(new Operation.Launch(proposals));
    }
}
