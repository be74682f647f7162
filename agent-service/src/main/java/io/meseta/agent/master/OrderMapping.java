package io.meseta.agent.master;

import io.meseta.agent.core.order.Order;
import io.meseta.agent.core.task.TaskSpec;
import io.meseta.agent.steps.Fitness;
import io.meseta.mesos.resources.InvalidResource;
import io.meseta.mesos.resources.ResourceReading;
import io.meseta.mesos.v1.DurationInfo;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.Operation;
import io.meseta.mesos.v1.TaskID;
import io.meseta.mesos.v1.UUID;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import io.meseta.model.conversion.Conversion;
import io.meseta.wire.agent.Kill;
import io.meseta.wire.agent.Launch;
import io.meseta.wire.agent.Operate;
import java.time.Duration;

/// From the wire's orders to the core's.
final class OrderMapping {

    private OrderMapping() {}

    static Order order(io.meseta.wire.agent.Order order) throws BrokenConversation {
        try {
            return switch (order.getOrderCase()) {
                case LAUNCH -> launch(order.getLaunch());
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

    private static Order launch(Launch launch) {
        var task = launch.getTask();
        var framework = launch.getFramework();
        var spec =
                new TaskSpec(
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
        return Fitness.objection(task)
                .<Order>map(
                        objection -> new Order.Unfit(spec, objection.state(), objection.cause()))
                .orElseGet(() -> new Order.Launch(spec));
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
    private static Duration duration(DurationInfo duration) {
        return Duration.ofNanos(Math.max(0, duration.getNanoseconds()));
    }
}
