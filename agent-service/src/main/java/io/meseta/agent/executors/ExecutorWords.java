package io.meseta.agent.executors;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.meseta.agent.core.executor.AgentExecutor;
import io.meseta.agent.core.machine.Effect.ExecutorWord;
import io.meseta.agent.core.machine.Machine;
import io.meseta.agent.core.task.AgentTask;
import io.meseta.agent.reports.StatusMapping;
import io.meseta.mesos.secrets.SecretValues;
import io.meseta.mesos.v1.AgentID;
import io.meseta.mesos.v1.AgentInfo;
import io.meseta.mesos.v1.ContainerID;
import io.meseta.mesos.v1.DurationInfo;
import io.meseta.mesos.v1.ExecutorInfo;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.KillPolicy;
import io.meseta.mesos.v1.TaskGroupInfo;
import io.meseta.mesos.v1.TaskID;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.executor.Event;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Puts what an executor may hear into the words of the executor API.
public final class ExecutorWords {

    private final Supplier<AgentInfo> agent;
    private final UnaryOperator<ByteString> secrets;

    /// @param agent what this agent says of itself, without id
    /// @param secrets opens what is for executors to read
    public ExecutorWords(Supplier<AgentInfo> agent, UnaryOperator<ByteString> secrets) {
        this.agent = agent;
        this.secrets = secrets;
    }

    Event event(AgentExecutor executor, ExecutorWord word, Machine machine) {
        var event = Event.newBuilder();
        return switch (word) {
            case ExecutorWord.Subscribed() ->
                    event.setType(Event.Type.SUBSCRIBED)
                            .setSubscribed(subscribed(executor, machine))
                            .build();
            case ExecutorWord.Launch(var task) ->
                    event.setType(Event.Type.LAUNCH)
                            .setLaunch(Event.Launch.newBuilder().setTask(info(task)))
                            .build();
            case ExecutorWord.LaunchGroup(var tasks) -> {
                var group = TaskGroupInfo.newBuilder();
                for (var task : tasks) group.addTasks(info(task));
                yield event.setType(Event.Type.LAUNCH_GROUP)
                        .setLaunchGroup(Event.LaunchGroup.newBuilder().setTaskGroup(group))
                        .build();
            }
            case ExecutorWord.Kill(var task, var grace) -> {
                var kill =
                        Event.Kill.newBuilder()
                                .setTaskId(TaskID.newBuilder().setValue(task.task().value()));
                grace.ifPresent(period ->
                        kill.setKillPolicy(
                                KillPolicy.newBuilder()
                                        .setGracePeriod(
                                                DurationInfo.newBuilder()
                                                        .setNanoseconds(period.toNanos()))));
                yield event.setType(Event.Type.KILL).setKill(kill).build();
            }
            case ExecutorWord.Acknowledged(var task, var uuid) ->
                    event.setType(Event.Type.ACKNOWLEDGED)
                            .setAcknowledged(
                                    Event.Acknowledged.newBuilder()
                                            .setTaskId(
                                                    TaskID.newBuilder()
                                                            .setValue(task.task().value()))
                                            .setUuid(StatusMapping.bytes(uuid)))
                            .build();
            case ExecutorWord.Shutdown() -> event.setType(Event.Type.SHUTDOWN).build();
        };
    }

    static Event message(ByteString data) {
        return Event.newBuilder()
                .setType(Event.Type.MESSAGE)
                .setMessage(Event.Message.newBuilder().setData(data))
                .build();
    }

    private Event.Subscribed subscribed(AgentExecutor executor, Machine machine) {
        var described = agent.get().toBuilder();
        machine.agent().ifPresent(id -> described.setId(AgentID.newBuilder().setValue(id.value())));
        return Event.Subscribed.newBuilder()
                .setExecutorInfo(SecretValues.changed(info(executor), secrets))
                .setFrameworkInfo(framework(executor))
                .setAgentInfo(described)
                .setContainerId(ContainerID.newBuilder().setValue(executor.container().toString()))
                .build();
    }

    /// As it came.
    public static ExecutorInfo info(AgentExecutor executor) {
        try {
            return ExecutorInfo.parseFrom(executor.spec().wire().asReadOnly());
        } catch (InvalidProtocolBufferException malformed) {
            throw new IllegalStateException("an executor is held that can't be read", malformed);
        }
    }

    /// As it came.
    public static FrameworkInfo framework(AgentExecutor executor) {
        try {
            return FrameworkInfo.parseFrom(executor.spec().framework().asReadOnly());
        } catch (InvalidProtocolBufferException malformed) {
            throw new IllegalStateException("a framework is held that can't be read", malformed);
        }
    }

    private TaskInfo info(AgentTask task) {
        try {
            var sealed = TaskInfo.parseFrom(task.spec().wire().asReadOnly());
            var opened = SecretValues.changed(sealed, secrets);
            if (!opened.hasExecutor()) return opened;
            var executor = SecretValues.changed(opened.getExecutor(), secrets);
            return opened.toBuilder().setExecutor(executor).build();
        } catch (InvalidProtocolBufferException malformed) {
            throw new IllegalStateException("a task is held that can't be read", malformed);
        }
    }
}
