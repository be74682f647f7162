package io.meseta.master.frameworks;

import io.meseta.authorization.Verdict;
import io.meseta.master.core.cluster.Operation.Proposal;
import io.meseta.master.core.executor.ExecutorSpec;
import io.meseta.master.core.task.Home;
import io.meseta.master.core.task.TaskSpec;
import io.meseta.master.wire.ResourceReading;
import io.meseta.master.wire.Sealed;
import io.meseta.master.wire.Unacceptable;
import io.meseta.master.wire.WireIds;
import io.meseta.mesos.v1.ExecutorInfo;
import io.meseta.mesos.v1.HealthCheck;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.model.AgentId;
import io.meseta.model.ExecutorId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.Scalar;
import io.meseta.model.TaskId;
import io.meseta.model.status.StatusReason;
import java.util.Optional;

/// Reads a task that a framework proposes, with those of Mesos' checks that need no state.
///
/// @param role the role of the offers; resources that name none are allocated to it
/// @param expected the agent of the offers; empty if the offers are unknown
/// @param executors reads what tasks bring along
/// @param permit whether the task may run, which is asked once it is known to be whole
record TaskReading(
        FrameworkId framework,
        Role role,
        Optional<AgentId> expected,
        ExecutorReading executors,
        Permit permit) {

    /// Says whether a task may run in this role, and by which rule.
    @FunctionalInterface
    interface Permit {
        Verdict decide(FrameworkId framework, TaskInfo task, Role role);
    }

    /// What became of the reading of one task.
    sealed interface Reading {

        record Proposed(Proposal proposal) implements Reading {}

        /// It has no id that could be one, so the core, where every task has one, can't hear of it.
        record Unnameable(String task, String agent, String problem) implements Reading {}
    }

    Reading read(TaskInfo task) {
        var id = WireIds.find(task.getTaskId().getValue(), TaskId::new);
        var agent = WireIds.find(task.getAgentId().getValue(), AgentId::new);
        try {
            if (id.isEmpty()) WireIds.read(task.getTaskId().getValue(), TaskId::new);
            if (agent.isEmpty()) throw wrongAgent(task.getAgentId().getValue());
            var executor =
                    isWithExecutor(task)
                            ? Optional.of(executor(task))
                            : Optional.<ExecutorSpec>empty();
            var whole = executor.isPresent() ? withExecutor(task) : task;
            var home = executor.<Home>map(each -> new Home.In(each.id(), false));
            var spec = spec(whole, id.orElseThrow(), home.orElseGet(Home.Own::new));
            return switch (permit.decide(framework, task, spec.role())) {
                case Verdict.Allowed(var rule, var bundle, _) ->
                        new Reading.Proposed(
                                new Proposal.Wellformed(
                                        spec, agent.get(), rule + "@" + bundle, executor));
                case Verdict.Denied(var rule, _, var reason) ->
                        refuse(
                                task,
                                StatusReason.REASON_TASK_UNAUTHORIZED,
                                "Not authorized (" + rule + "): " + reason);
            };
        } catch (Unacceptable problem) {
            return refused(task, id, agent, problem.getMessage());
        }
    }

    /// The same answer for a task that is refused for a reason outside of it.
    Reading refuse(TaskInfo task, StatusReason reason, String problem) {
        var id = WireIds.find(task.getTaskId().getValue(), TaskId::new);
        var agent = WireIds.find(task.getAgentId().getValue(), AgentId::new);
        return refused(task, id, agent, reason, problem);
    }

    private Reading refused(
            TaskInfo task, Optional<TaskId> id, Optional<AgentId> agent, String problem) {
        return refused(task, id, agent, StatusReason.REASON_TASK_INVALID, problem);
    }

    private Reading refused(
            TaskInfo task,
            Optional<TaskId> id,
            Optional<AgentId> agent,
            StatusReason reason,
            String problem) {
        var place = agent.or(this::expected);
        if (id.isEmpty() || place.isEmpty())
            return new Reading.Unnameable(
                    task.getTaskId().getValue(), task.getAgentId().getValue(), problem);
        return new Reading.Proposed(new Proposal.Malformed(id.get(), place.get(), reason, problem));
    }

    private Unacceptable wrongAgent(String named) {
        var wanted = expected.map(agent -> " while agent " + agent + " is expected").orElse("");
        return new Unacceptable("Task uses invalid agent " + named + wanted);
    }

    /// A task of a group, which is of one executor.
    Reading readMember(TaskInfo task, ExecutorInfo executor) {
        var id = WireIds.find(task.getTaskId().getValue(), TaskId::new);
        var agent = WireIds.find(task.getAgentId().getValue(), AgentId::new);
        try {
            if (id.isEmpty()) WireIds.read(task.getTaskId().getValue(), TaskId::new);
            if (agent.isEmpty()) throw wrongAgent(task.getAgentId().getValue());
            var whole = task.toBuilder().setExecutor(executor).build();
            var home = new Home.In(new ExecutorId(executor.getExecutorId().getValue()), true);
            var spec = spec(whole, id.orElseThrow(), home);
            return switch (permit.decide(framework, whole, spec.role())) {
                case Verdict.Allowed(var rule, var bundle, _) ->
                        new Reading.Proposed(
                                new Proposal.Wellformed(spec, agent.get(), rule + "@" + bundle));
                case Verdict.Denied(var rule, _, var reason) ->
                        refuse(
                                task,
                                StatusReason.REASON_TASK_GROUP_UNAUTHORIZED,
                                "Not authorized (" + rule + "): " + reason);
            };
        } catch (Unacceptable problem) {
            return refused(
                    task,
                    id,
                    agent,
                    StatusReason.REASON_TASK_GROUP_INVALID,
                    GroupChecks.words(task) + problem.getMessage());
        }
    }

    /// Whether there is one to be read: what a task may bring along at all is checked with the
    /// rest.
    private static boolean isWithExecutor(TaskInfo task) {
        return task.hasExecutor() && !task.hasCommand();
    }

    private ExecutorSpec executor(TaskInfo task) throws Unacceptable {
        // What is wrong with the task comes first.
        var _ = checked(withHealthCheckType(task));
        ExecutorChecks.checkTasks(task.getExecutor(), framework);
        return executors.read(task.getExecutor());
    }

    private TaskInfo withExecutor(TaskInfo task) throws Unacceptable {
        return task.toBuilder().setExecutor(executors.completed(task.getExecutor())).build();
    }

    private static void checkTimes(TaskInfo task) throws Unacceptable {
        if (task.getKillPolicy().getGracePeriod().getNanoseconds() < 0)
            throw new Unacceptable("Task's 'kill_policy.grace_period' must be non-negative");
        if (task.getMaxCompletionTime().getNanoseconds() < 0)
            throw new Unacceptable("Task's `max_completion_time` must be non-negative");
    }

    private TaskSpec spec(TaskInfo sent, TaskId id, Home home) throws Unacceptable {
        var task = withHealthCheckType(sent);
        var resources = checked(task);
        if (!home.isGroup()) checkExecutor(task);
        var role = role(task);
        return new TaskSpec(
                id,
                task.getName(),
                role,
                resources,
                Sealed.seal(executors.secrets().sealed(allocated(task, role))),
                home,
                PriorityLabel.read(task.getLabels()));
    }

    /// What is asked of every task, whatever runs it.
    private static Resources checked(TaskInfo task) throws Unacceptable {
        checkTimes(task);
        if (task.hasCheck()) Checks.check(task.getCheck());
        if (task.hasHealthCheck()) Checks.check(task.getHealthCheck());
        var resources = resources(task);
        if (task.hasCommand())
            Commands.check(task.getCommand(), "Task's `CommandInfo` is invalid: ");
        if (task.hasContainer())
            Commands.check(task.getContainer(), "Task's `ContainerInfo` is invalid: ");
        checkLimits(task, resources);
        return resources;
    }

    /// What names no role is of the offer's: the agent, and whoever reads there, is told so.
    private static TaskInfo allocated(TaskInfo task, Role role) {
        var named = task.toBuilder();
        for (var each : named.getResourcesBuilderList())
            if (!each.hasAllocationInfo()) each.getAllocationInfoBuilder().setRole(role.name());
        return named.build();
    }

    /// Older frameworks leave the type out where the rest says it.
    private static TaskInfo withHealthCheckType(TaskInfo task) {
        var check = task.getHealthCheck();
        if (!task.hasHealthCheck() || check.hasType() || check.hasCommand() == check.hasHttp())
            return task;
        var type = check.hasCommand() ? HealthCheck.Type.COMMAND : HealthCheck.Type.HTTP;
        return task.toBuilder().setHealthCheck(check.toBuilder().setType(type)).build();
    }

    private static Resources resources(TaskInfo task) throws Unacceptable {
        if (task.getResourcesCount() == 0) throw new Unacceptable("Task uses no resources");
        var read = ResourceUse.TASK.read(task.getResourcesList());
        if (read.isEmpty()) throw new Unacceptable("Task uses no resources");
        return read;
    }

    private Role role(TaskInfo task) throws Unacceptable {
        var named = ResourceReading.allocationRoles(task.getResourcesList());
        if (named.isEmpty()) return role;
        var other = named.stream().filter(name -> !name.equals(role.name())).findFirst();
        // Those that name no role take the offer's, so one odd role among them makes two.
        boolean areAllNamed =
                task.getResourcesList().stream().allMatch(each -> each.hasAllocationInfo());
        if (named.size() > 1 || (other.isPresent() && !areAllNamed))
            throw new Unacceptable(
                    "Invalid task resources: The resources have multiple allocation roles ('"
                            + role
                            + "' and '"
                            + other.orElse(named.last())
                            + "') but only one allocation role is allowed");
        var problem = Role.problem(named.first());
        if (problem.isPresent()) throw new Unacceptable(problem.get());
        return new Role(named.first());
    }

    private static void checkLimits(TaskInfo task, Resources requests) throws Unacceptable {
        var limits = task.getLimitsMap();
        for (var name : limits.keySet())
            if (!name.equals("cpus") && !name.equals("mem"))
                throw new Unacceptable(
                        "Only cpus and mem may be included in a task's resource limits");
        checkLimit(task, requests, "cpus", "CPU", "cpu");
        checkLimit(task, requests, "mem", "memory", "memory");
    }

    private static void checkLimit(
            TaskInfo task, Resources requests, String name, String article, String word)
            throws Unacceptable {
        if (!task.containsLimits(name)) return;
        long request = requests.scalar(name);
        if (request == 0)
            throw new Unacceptable(
                    "When a %s limit is specified, a %s request must also be specified"
                            .formatted(article, article));
        double limit = task.getLimitsOrThrow(name).getValue();
        if (!(limit >= new Scalar(request).toWire()))
            throw new Unacceptable(
                    "The %s limit must be greater than or equal to the %s request"
                            .formatted(word, word));
    }

    private void checkExecutor(TaskInfo task) throws Unacceptable {
        if (task.hasExecutor() == task.hasCommand())
            throw new Unacceptable(
                    "Task should have at least one (but not both) of CommandInfo or "
                            + "ExecutorInfo present");
        if (task.hasExecutor()) JointUse.check(task);
    }
}
