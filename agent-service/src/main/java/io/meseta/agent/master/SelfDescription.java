package io.meseta.agent.master;

import com.google.protobuf.ByteString;
import io.meseta.agent.core.executor.AgentExecutor;
import io.meseta.agent.core.holding.Outcome;
import io.meseta.agent.core.machine.Machine;
import io.meseta.agent.core.task.Stage;
import io.meseta.agent.reports.StatusMapping;
import io.meseta.mesos.resources.ResourceWriting;
import io.meseta.mesos.v1.AgentID;
import io.meseta.mesos.v1.AgentInfo;
import io.meseta.mesos.v1.ExecutorID;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.OperationState;
import io.meseta.mesos.v1.TaskID;
import io.meseta.mesos.v1.TaskState;
import io.meseta.model.Resources;
import io.meseta.model.TaskKey;
import io.meseta.wire.agent.HeldExecutor;
import io.meseta.wire.agent.HeldTask;
import io.meseta.wire.agent.Hello;
import io.meseta.wire.agent.OperationOutcome;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// What the agent says of itself in its first message.
///
/// @param agent without id
/// @param ip this machine's address, by which operators may know it
/// @param oversubscribed what tasks may have beside what there is, as long as nobody else needs it
/// @param sealingKey by which secrets are sealed for this agent; empty if it has no use for them
/// @param joining names an agent that has no id yet; written down before it is asked for
public record SelfDescription(
        AgentInfo agent,
        String version,
        String bootId,
        String ip,
        Resources oversubscribed,
        ByteString sealingKey,
        Supplier<UUID> joining) {

    /// What this agent understands.
    public static final List<AgentInfo.Capability.Type> CAPABILITIES =
            List.of(
                    AgentInfo.Capability.Type.MULTI_ROLE,
                    AgentInfo.Capability.Type.HIERARCHICAL_ROLE,
                    AgentInfo.Capability.Type.RESERVATION_REFINEMENT,
                    AgentInfo.Capability.Type.RESIZE_VOLUME,
                    AgentInfo.Capability.Type.AGENT_OPERATION_FEEDBACK,
                    AgentInfo.Capability.Type.AGENT_DRAINING);

    Hello hello(Machine machine) {
        var hello =
                Hello.newBuilder()
                        .setAgentInfo(agent)
                        .setVersion(version)
                        .setBootId(bootId)
                        .setIp(ip)
                        .setSealingKey(sealingKey)
                        .setEpochSeen(machine.orders().epoch())
                        .setOrderSeen(machine.orders().seen());
        machine.agent()
                .ifPresentOrElse(
                        id -> hello.setAgentId(AgentID.newBuilder().setValue(id.value())),
                        () -> hello.setJoining(StatusMapping.bytes(joining.get())));
        for (var capability : CAPABILITIES) {
            hello.addCapabilities(AgentInfo.Capability.newBuilder().setType(capability));
        }
        var resources = new ResourceWriting(ResourceWriting.Form.NEWER, Optional.empty());
        hello.addAllTotalResources(
                resources.write(machine.holdings().total().plus(oversubscribed)));
        for (var outcome : machine.holdings().outcomes().values())
            hello.addOutcomes(outcome(outcome));
        for (var task : machine.tasks().values()) {
            var state = TaskState.valueOf(task.latest().name());
            hello.addTasks(held(task.key(), state, task.order()));
            task.successor()
                    .ifPresent(next ->
                            hello.addTasks(held(task.key(), TaskState.TASK_STAGING, next.order())));
        }
        for (var executor : machine.executors().values())
            if (executor.stage() != Stage.ENDED) hello.addExecutors(held(executor));
        return hello.build();
    }

    /// Which executor is meant, as the master knows it.
    public static HeldExecutor held(AgentExecutor executor) {
        return HeldExecutor.newBuilder()
                .setFrameworkId(
                        FrameworkID.newBuilder().setValue(executor.key().framework().value()))
                .setExecutorId(ExecutorID.newBuilder().setValue(executor.key().executor().value()))
                .setLaunchOrder(executor.order())
                .build();
    }

    /// How an operation ended, as the master is told.
    public static OperationOutcome outcome(Outcome outcome) {
        return OperationOutcome.newBuilder()
                .setOrder(outcome.order())
                .setState(OperationState.valueOf(outcome.state().name()))
                .setMessage(outcome.message())
                .build();
    }

    private static HeldTask.Builder held(TaskKey key, TaskState state, long order) {
        return HeldTask.newBuilder()
                .setFrameworkId(FrameworkID.newBuilder().setValue(key.framework().value()))
                .setTaskId(TaskID.newBuilder().setValue(key.task().value()))
                .setState(state)
                .setLaunchOrder(order);
    }
}
