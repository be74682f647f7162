package io.meseta.agent.master;

import io.meseta.agent.core.machine.Machine;
import io.meseta.mesos.v1.AgentID;
import io.meseta.mesos.v1.AgentInfo;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.TaskID;
import io.meseta.mesos.v1.TaskState;
import io.meseta.wire.agent.HeldTask;
import io.meseta.wire.agent.Hello;
import java.util.List;

/// What the agent says of itself in its first message.
///
/// @param agent without id
public record SelfDescription(AgentInfo agent, String version, String bootId) {

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
                .ifPresent(id -> hello.setAgentId(AgentID.newBuilder().setValue(id.value())));
        for (var capability : CAPABILITIES) {
            hello.addCapabilities(AgentInfo.Capability.newBuilder().setType(capability));
        }
        for (var task : machine.tasks().values()) {
            hello.addTasks(
                    HeldTask.newBuilder()
                            .setFrameworkId(
                                    FrameworkID.newBuilder()
                                            .setValue(task.key().framework().value()))
                            .setTaskId(TaskID.newBuilder().setValue(task.key().task().value()))
                            .setState(TaskState.valueOf(task.latest().name())));
        }
        return hello.build();
    }
}
