package io.meseta.agent.checkpoint;

import com.google.protobuf.ByteString;
import io.meseta.agent.checkpoint.v1.ExecutorCheckpoint;
import io.meseta.agent.checkpoint.v1.TaskCheckpoint;
import io.meseta.agent.core.executor.AgentExecutor;
import io.meseta.agent.core.executor.Attendance;
import io.meseta.agent.core.executor.ExecutorSpec;
import io.meseta.agent.core.executor.ExecutorSpec.Kind;
import io.meseta.agent.core.task.Ending;
import io.meseta.agent.core.task.Home;
import io.meseta.agent.core.task.TaskPhase;
import io.meseta.model.ExecutorId;
import io.meseta.model.ExecutorKey;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Between what the agent believes of executors and what it keeps of them.
final class ExecutorCodec {

    private ExecutorCodec() {}

    static Optional<io.meseta.agent.checkpoint.v1.Home> home(Home home) {
        return switch (home) {
            case Home.Own() -> Optional.empty();
            case Home.Hosted(var executor, var container, var isGrouped) ->
                    Optional.of(
                            home(
                                    executor,
                                    container,
                                    isGrouped
                                            ? io.meseta.agent.checkpoint.v1.Home.Kind.HOSTED_GROUP
                                            : io.meseta.agent.checkpoint.v1.Home.Kind.HOSTED));
            case Home.Grouped(var executor, var container) ->
                    Optional.of(
                            home(
                                    executor,
                                    container,
                                    io.meseta.agent.checkpoint.v1.Home.Kind.GROUPED));
        };
    }

    private static io.meseta.agent.checkpoint.v1.Home home(
            ExecutorKey executor, UUID container, io.meseta.agent.checkpoint.v1.Home.Kind kind) {
        return io.meseta.agent.checkpoint.v1.Home.newBuilder()
                .setKind(kind)
                .setExecutorId(executor.executor().value())
                .setContainer(container.toString())
                .build();
    }

    static Home home(FrameworkId framework, io.meseta.agent.checkpoint.v1.Home home) {
        var key = new ExecutorKey(framework, new ExecutorId(home.getExecutorId()));
        var container = UUID.fromString(home.getContainer());
        return switch (home.getKind()) {
            case HOSTED -> new Home.Hosted(key, container, false);
            case HOSTED_GROUP -> new Home.Hosted(key, container, true);
            case GROUPED -> new Home.Grouped(key, container);
            case UNRECOGNIZED -> throw new IllegalArgumentException("an unknown home");
        };
    }

    static ExecutorCheckpoint executor(AgentExecutor executor) {
        var spec = executor.spec();
        var checkpoint =
                ExecutorCheckpoint.newBuilder()
                        .setFrameworkId(spec.key().framework().value())
                        .setExecutorId(spec.key().executor().value())
                        .setContainer(executor.container().toString())
                        .setOrder(executor.order())
                        .setFramework(ByteString.copyFrom(spec.framework().asReadOnly()))
                        .setExecutor(ByteString.copyFrom(spec.wire().asReadOnly()))
                        .setIsBuiltIn(executor.isBuiltIn())
                        .setPatienceMs(spec.patience().toMillis())
                        .setRegisterWithinMs(spec.registerWithin().toMillis())
                        .setIsRegistered(executor.isRegistered());
        executor.fate()
                .ifPresent(fate ->
                        checkpoint.setFate(
                                CheckpointCodec.said(fate.cause()).setState(fate.state().name())));
        switch (executor.phase()) {
            case TaskPhase.Ordered() ->
                    checkpoint.setOrdered(TaskCheckpoint.Ordered.getDefaultInstance());
            case TaskPhase.Launching() ->
                    checkpoint.setLaunching(TaskCheckpoint.Launching.getDefaultInstance());
            case TaskPhase.Running _ ->
                    checkpoint.setRunning(TaskCheckpoint.Running.getDefaultInstance());
            case TaskPhase.Killing(var motive, var forceAt, var isForced) ->
                    checkpoint.setKilling(
                            TaskCheckpoint.Killing.newBuilder()
                                    .setMotive(CheckpointCodec.motive(motive))
                                    .setForceAtMs(forceAt.toEpochMilli())
                                    .setIsForced(isForced));
            case TaskPhase.Ended() ->
                    checkpoint.setEnded(TaskCheckpoint.Ended.getDefaultInstance());
        }
        return checkpoint.build();
    }

    static AgentExecutor executor(ExecutorCheckpoint checkpoint) {
        var key =
                new ExecutorKey(
                        new FrameworkId(checkpoint.getFrameworkId()),
                        new ExecutorId(checkpoint.getExecutorId()));
        var spec =
                new ExecutorSpec(
                        key,
                        checkpoint.getIsBuiltIn() ? Kind.BUILT_IN : Kind.CUSTOM,
                        Duration.ofMillis(checkpoint.getPatienceMs()),
                        Duration.ofMillis(checkpoint.getRegisterWithinMs()),
                        Opaque.of(checkpoint.getFramework().asReadOnlyByteBuffer()),
                        Opaque.of(checkpoint.getExecutor().asReadOnlyByteBuffer()));
        var fate =
                checkpoint.hasFate()
                        ? Optional.of(
                                new Ending(
                                        TaskState.valueOf(checkpoint.getFate().getState()),
                                        CheckpointCodec.cause(checkpoint.getFate())))
                        : Optional.<Ending>empty();
        return new AgentExecutor(
                spec,
                checkpoint.getOrder(),
                UUID.fromString(checkpoint.getContainer()),
                phase(checkpoint),
                checkpoint.getIsRegistered(),
                new Attendance.Absent(Instant.MAX),
                fate);
    }

    private static TaskPhase phase(ExecutorCheckpoint checkpoint) {
        return switch (checkpoint.getPhaseCase()) {
            case ORDERED -> new TaskPhase.Ordered();
            case LAUNCHING -> new TaskPhase.Launching();
            case RUNNING -> new TaskPhase.Running(Instant.MAX);
            case KILLING -> {
                var killing = checkpoint.getKilling();
                yield new TaskPhase.Killing(
                        CheckpointCodec.motive(killing.getMotive()),
                        Instant.ofEpochMilli(killing.getForceAtMs()),
                        killing.getIsForced());
            }
            case ENDED -> new TaskPhase.Ended();
            case PHASE_NOT_SET -> throw new IllegalArgumentException("an executor without a phase");
        };
    }
}
