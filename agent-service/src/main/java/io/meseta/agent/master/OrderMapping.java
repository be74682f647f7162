package io.meseta.agent.master;

import io.meseta.agent.core.order.Order;
import io.meseta.agent.core.task.TaskSpec;
import io.meseta.agent.steps.Fitness;
import io.meseta.mesos.resources.InvalidResource;
import io.meseta.mesos.resources.ResourceReading;
import io.meseta.mesos.v1.DurationInfo;
import io.meseta.mesos.v1.ExecutorID;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.Operation;
import io.meseta.mesos.v1.TaskID;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.UUID;
import io.meseta.model.ExecutorId;
import io.meseta.model.ExecutorKey;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import io.meseta.model.conversion.Conversion;
import io.meseta.wire.agent.Kill;
import io.meseta.wire.agent.Launch;
import io.meseta.wire.agent.LaunchGroup;
import io.meseta.wire.agent.Operate;
import java.time.Duration;
import java.util.List;

/// From the wire's orders to the core's.
final class OrderMapping {

    private OrderMapping() {}

    /// @param terms how long executors may take for what
    static Order order(io.meseta.wire.agent.Order order, ExecutorTerms terms)
            throws BrokenConversation {
        try {
            return switch (order.getOrderCase()) {
                case LAUNCH -> launch(order.getLaunch(), terms);
                case LAUNCH_GROUP -> launch(order.getLaunchGroup(), terms);
                case SHUTDOWN_EXECUTOR ->
                        new Order.ShutdownExecutor(
                                executor(
                                        order.getShutdownExecutor().getFrameworkId(),
                                        order.getShutdownExecutor().getExecutorId()));
                case KILL -> kill(order.getKill());
                case SHUTDOWN_FRAMEWORK ->
                        new Order.ShutdownFramework(
                                framework(order.getShutdownFramework().getFrameworkId()));
                case OPERATE -> operate(order.getOperate());
                case ORDER_NOT_SET ->
                        throw new BrokenConversation(
                                "order %d is of a kind that this agent does not know"
                                        .formatted(order.getNumber()));
            };
        } catch (IllegalArgumentException malformed) {
            throw new BrokenConversation(
                    "order %d makes no sense: %s"
                            .formatted(order.getNumber(), malformed.getMessage()));
        }
    }

    static TaskKey key(FrameworkID framework, TaskID task) {
        return new TaskKey(framework(framework), new TaskId(task.getValue()));
    }

    static ExecutorKey executor(FrameworkID framework, ExecutorID executor) {
        return new ExecutorKey(framework(framework), new ExecutorId(executor.getValue()));
    }

    private static Order launch(Launch launch, ExecutorTerms terms) {
        var task = launch.getTask();
        var framework = launch.getFramework();
        var spec = spec(framework, task);
        if (task.hasExecutor()) {
            var executor = task.getExecutor();
            var launchIn =
                    new Order.LaunchIn(terms.spec(framework, executor), List.of(spec), false);
            return Fitness.objection(task, executor)
                    .<Order>map(why -> new Order.UnfitIn(launchIn, why.state(), why.cause()))
                    .orElse(launchIn);
        }
        return Fitness.objection(task)
                .<Order>map(why -> new Order.Unfit(spec, why.state(), why.cause()))
                .orElseGet(() -> new Order.Launch(spec));
    }

    private static Order launch(LaunchGroup group, ExecutorTerms terms) {
        var framework = group.getFramework();
        var specs =
                group.getTaskGroup().getTasksList().stream()
                        .map(task -> spec(framework, task))
                        .toList();
        var launchIn = new Order.LaunchIn(terms.spec(framework, group.getExecutor()), specs, true);
        return Fitness.objection(group)
                .<Order>map(why -> new Order.UnfitIn(launchIn, why.state(), why.cause()))
                .orElse(launchIn);
    }

    private static TaskSpec spec(FrameworkInfo framework, TaskInfo task) {
        return new TaskSpec(
                key(framework.getId(), task.getTaskId()),
                task.getKillPolicy().hasGracePeriod()
                        ? duration(task.getKillPolicy().getGracePeriod())
                        : TaskSpec.KILL_GRACE,
                task.hasMaxCompletionTime()
                        ? duration(task.getMaxCompletionTime())
                        : TaskSpec.UNLIMITED,
                hearsKilling(framework),
                Opaque.of(framework.toByteArray()),
                Opaque.of(task.toByteArray()));
    }

    private static Order operate(Operate operate) {
        try {
            return new Order.Operate(
                    new Conversion(
                            ResourceReading.read(operate.getConsumedList()),
                            ResourceReading.read(operate.getConvertedList())),
                    Opaque.of(about(operate).toByteArray()));
        } catch (InvalidResource invalid) {
            throw new IllegalArgumentException(invalid.getMessage(), invalid);
        }
    }

    /// The operation as it is shown, but for where it stands.
    private static Operation about(Operate operate) {
        var about =
                Operation.newBuilder()
                        .setInfo(operate.getOperation())
                        .setUuid(UUID.newBuilder().setValue(operate.getUuid()));
        if (operate.hasFrameworkId()) about.setFrameworkId(operate.getFrameworkId());
        return about.buildPartial();
    }

    private static Order kill(Kill kill) {
        var key = key(kill.getFrameworkId(), kill.getTaskId());
        return kill.getKillPolicy().hasGracePeriod()
                ? new Order.KillWithin(key, duration(kill.getKillPolicy().getGracePeriod()))
                : new Order.Kill(key);
    }

    private static boolean hearsKilling(FrameworkInfo framework) {
        return framework.getCapabilitiesList().stream()
                .anyMatch(capability ->
                        capability.getType() == FrameworkInfo.Capability.Type.TASK_KILLING_STATE);
    }

    private static FrameworkId framework(FrameworkID framework) {
        return new FrameworkId(framework.getValue());
    }

    /// The wire allows negative ones; they mean "at once".
    static Duration duration(DurationInfo duration) {
        return Duration.ofNanos(Math.max(0, duration.getNanoseconds()));
    }
}
