package io.meseta.agent.master;

import io.meseta.agent.core.machine.Machine;
import io.meseta.agent.reports.StatusMapping;
import io.meseta.mesos.v1.AgentID;
import io.meseta.mesos.v1.AgentInfo;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.TaskID;
import io.meseta.mesos.v1.TaskState;
import io.meseta.model.TaskKey;
import io.meseta.wire.agent.HeldTask;
import io.meseta.wire.agent.Hello;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/// What the agent says of itself in its first message.
///
/// @param agent without id
/// @param joining names an agent that has no id yet; written down before it is asked for
public record SelfDescription(
        AgentInfo agent, String version, String bootId, Supplier<UUID> joining) {

    /// What this agent understands.
    public static final List<AgentInfo.Capability.Type> CAPABILITIES =
            List.of(
                    AgentInfo.Capability.Type.MULTI_ROLE,
                    AgentInfo.Capability.Type.HIERARCHICAL_ROLE,
                    AgentInfo.Capability.Type.RESERVATION_REFINEMENT);

    Hello hello(Machine machine) {
        var hello =
                Hello.newBuilder()
                        .setAgentInfo(agent)
                        .setVersion(version)
                        .setBootId(bootId)
                        .setEpochSeen(machine.orders().epoch())
                        .setOrderSeen(machine.orders().seen());
        machine.agent()
                .ifPresentOrElse(
                        id -> hello.setAgentId(AgentID.newBuilder().setValue(id.value())),
                        () -> hello.setJoining(StatusMapping.bytes(joining.get())));
        for (var capability : CAPABILITIES) {
            hello.addCapabilities(AgentInfo.Capability.newBuilder().setType(capability));
        }
        for (var task : machine.tasks().values()) {
            var state = TaskState.valueOf(task.latest().name());
            hello.addTasks(held(task.key(), state, task.order()));
            task.successor()
                    .ifPresent(next ->
                            hello.addTasks(held(task.key(), TaskState.TASK_STAGING, next.order())));
        }
        return hello.build();
    }

    private static HeldTask.Builder held(TaskKey key, TaskState state, long order) {
        return HeldTask.newBuilder()
                .setFrameworkId(FrameworkID.newBuilder().setValue(key.framework().value()))
                .setTaskId(TaskID.newBuilder().setValue(key.task().value()))
                .setState(state)
                .setLaunchOrder(order);
    }
}
