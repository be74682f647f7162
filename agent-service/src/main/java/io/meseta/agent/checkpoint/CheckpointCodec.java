package io.meseta.agent.checkpoint;

import com.google.protobuf.ByteString;
import io.meseta.agent.checkpoint.v1.AgentCheckpoint;
import io.meseta.agent.checkpoint.v1.Successor;
import io.meseta.agent.checkpoint.v1.TaskCheckpoint;
import io.meseta.agent.checkpoint.v1.Update;
import io.meseta.agent.core.machine.Machine;
import io.meseta.agent.core.machine.Reports;
import io.meseta.agent.core.machine.Standing;
import io.meseta.agent.core.order.Orders;
import io.meseta.agent.core.task.AgentTask;
import io.meseta.agent.core.task.Ending;
import io.meseta.agent.core.task.Home;
import io.meseta.agent.core.task.Interest;
import io.meseta.agent.core.task.KillMotive;
import io.meseta.agent.core.task.TaskPhase;
import io.meseta.agent.core.task.TaskSpec;
import io.meseta.agent.core.update.Cause;
import io.meseta.agent.core.update.Cause.Reason;
import io.meseta.agent.core.update.StatusUpdate;
import io.meseta.agent.core.update.UpdateStream;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import io.meseta.model.status.StatusSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.pcollections.TreePMap;

/// Between what the agent believes and what it keeps. A damaged message shows as an
/// [IllegalArgumentException].
final class CheckpointCodec {

    private CheckpointCodec() {}

    static AgentCheckpoint agent(Machine machine) {
        var checkpoint =
                AgentCheckpoint.newBuilder()
                        .setEpoch(machine.orders().epoch())
                        .setOrderSeen(machine.orders().seen())
                        .setReportsReserved(machine.reports().limit());
        HoldingsCodec.write(machine.holdings(), checkpoint);
        machine.drain().ifPresent(drain -> checkpoint.setDrain(DrainCodec.drain(drain)));
        switch (machine.standing()) {
            case Standing.Stranger() -> {}
            case Standing.Member(var agent) -> checkpoint.setAgentId(agent.value());
            case Standing.Exile(var reason) -> checkpoint.setExileReason(reason);
        }
        return checkpoint.build();
    }

    /// A machine without tasks.
    static Machine machine(AgentCheckpoint checkpoint) {
        Standing standing = new Standing.Stranger();
        if (!checkpoint.getAgentId().isEmpty()) {
            standing = new Standing.Member(new AgentId(checkpoint.getAgentId()));
        }
        if (checkpoint.hasExileReason()) standing = new Standing.Exile(checkpoint.getExileReason());
        return new Machine(
                standing,
                new Orders(checkpoint.getEpoch(), checkpoint.getOrderSeen()),
                Reports.reservedTo(checkpoint.getReportsReserved()),
                HoldingsCodec.read(checkpoint),
                DrainCodec.drain(checkpoint),
                TreePMap.empty());
    }

    static TaskCheckpoint task(AgentTask task) {
        var spec = task.spec();
        var checkpoint =
                TaskCheckpoint.newBuilder()
                        .setFrameworkId(task.key().framework().value())
                        .setTaskId(task.key().task().value())
                        .setContainer(task.container().toString())
                        .setOrder(task.order())
                        .setFramework(ByteString.copyFrom(spec.framework().asReadOnly()))
                        .setTask(ByteString.copyFrom(spec.wire().asReadOnly()))
                        .setKillGraceMs(spec.killGrace().toMillis())
                        .setCompletionLimitMs(spec.completionLimit().toMillis())
                        .setHearsKilling(spec.hearsKilling())
                        .setIsAbandoned(task.isAbandoned())
                        .setLatestState(task.latest().name());
        for (var update : task.updates().waiting()) checkpoint.addWaiting(update(update));
        for (var said : task.updates().said()) checkpoint.addSaid(said.toString());
        ExecutorCodec.home(spec.home()).ifPresent(checkpoint::setHome);
        task.successor().ifPresent(next -> checkpoint.setSuccessor(successor(next)));
        switch (task.phase()) {
            case TaskPhase.Ordered() ->
                    checkpoint.setOrdered(TaskCheckpoint.Ordered.getDefaultInstance());
            case TaskPhase.Launching() ->
                    checkpoint.setLaunching(TaskCheckpoint.Launching.getDefaultInstance());
            case TaskPhase.Running(var completeBy) ->
                    checkpoint.setRunning(
                            TaskCheckpoint.Running.newBuilder()
                                    .setCompleteByMs(completeBy.toEpochMilli()));
            case TaskPhase.Killing(var motive, var forceAt, var isForced) ->
                    checkpoint.setKilling(
                            TaskCheckpoint.Killing.newBuilder()
                                    .setMotive(motive(motive))
                                    .setForceAtMs(forceAt.toEpochMilli())
                                    .setIsForced(isForced));
            case TaskPhase.Ended() ->
                    checkpoint.setEnded(TaskCheckpoint.Ended.getDefaultInstance());
        }
        return checkpoint.build();
    }

    static AgentTask task(TaskCheckpoint checkpoint) {
        var key =
                new TaskKey(
                        new FrameworkId(checkpoint.getFrameworkId()),
                        new TaskId(checkpoint.getTaskId()));
        var spec =
                new TaskSpec(
                        key,
                        Duration.ofMillis(checkpoint.getKillGraceMs()),
                        Duration.ofMillis(checkpoint.getCompletionLimitMs()),
                        checkpoint.getHearsKilling(),
                        Opaque.of(checkpoint.getFramework().asReadOnlyByteBuffer()),
                        Opaque.of(checkpoint.getTask().asReadOnlyByteBuffer()),
                        checkpoint.hasHome()
                                ? ExecutorCodec.home(key.framework(), checkpoint.getHome())
                                : new Home.Own());
        var updates = UpdateStream.empty();
        for (var update : checkpoint.getWaitingList()) updates = updates.with(update(update));
        updates =
                updates.remembering(
                        checkpoint.getSaidList().stream().map(UUID::fromString).toList());
        return new AgentTask(
                spec,
                checkpoint.getOrder(),
                UUID.fromString(checkpoint.getContainer()),
                phase(checkpoint),
                TaskState.valueOf(checkpoint.getLatestState()),
                updates,
                interest(key, checkpoint));
    }

    private static Interest interest(TaskKey key, TaskCheckpoint checkpoint) {
        if (checkpoint.hasSuccessor()) return successor(key, checkpoint.getSuccessor());
        return checkpoint.getIsAbandoned() ? new Interest.Abandoned() : new Interest.Wanted();
    }

    private static Successor successor(Interest.Succeeded next) {
        var spec = next.spec();
        var successor =
                Successor.newBuilder()
                        .setOrder(next.order())
                        .setFramework(ByteString.copyFrom(spec.framework().asReadOnly()))
                        .setTask(ByteString.copyFrom(spec.wire().asReadOnly()))
                        .setKillGraceMs(spec.killGrace().toMillis())
                        .setCompletionLimitMs(spec.completionLimit().toMillis())
                        .setHearsKilling(spec.hearsKilling());
        ExecutorCodec.home(spec.home()).ifPresent(successor::setHome);
        next.doom()
                .ifPresent(doom ->
                        successor.setDoom(said(doom.cause()).setState(doom.state().name())));
        return successor.build();
    }

    private static Interest successor(TaskKey key, Successor successor) {
        var spec =
                new TaskSpec(
                        key,
                        Duration.ofMillis(successor.getKillGraceMs()),
                        Duration.ofMillis(successor.getCompletionLimitMs()),
                        successor.getHearsKilling(),
                        Opaque.of(successor.getFramework().asReadOnlyByteBuffer()),
                        Opaque.of(successor.getTask().asReadOnlyByteBuffer()),
                        successor.hasHome()
                                ? ExecutorCodec.home(key.framework(), successor.getHome())
                                : new Home.Own());
        var doom =
                successor.hasDoom()
                        ? Optional.of(
                                new Ending(
                                        TaskState.valueOf(successor.getDoom().getState()),
                                        cause(successor.getDoom())))
                        : Optional.<Ending>empty();
        return new Interest.Succeeded(spec, successor.getOrder(), doom);
    }

    private static TaskPhase phase(TaskCheckpoint checkpoint) {
        return switch (checkpoint.getPhaseCase()) {
            case ORDERED -> new TaskPhase.Ordered();
            case LAUNCHING -> new TaskPhase.Launching();
            case RUNNING ->
                    new TaskPhase.Running(
                            Instant.ofEpochMilli(checkpoint.getRunning().getCompleteByMs()));
            case KILLING -> {
                var killing = checkpoint.getKilling();
                yield new TaskPhase.Killing(
                        motive(killing.getMotive()),
                        Instant.ofEpochMilli(killing.getForceAtMs()),
                        killing.getIsForced());
            }
            case ENDED -> new TaskPhase.Ended();
            case PHASE_NOT_SET -> throw new IllegalArgumentException("a task without a phase");
        };
    }

    static TaskCheckpoint.Killing.Motive motive(KillMotive motive) {
        return switch (motive) {
            case ASKED -> TaskCheckpoint.Killing.Motive.ASKED;
            case TIME_IS_UP -> TaskCheckpoint.Killing.Motive.TIME_IS_UP;
            case UNWANTED -> TaskCheckpoint.Killing.Motive.UNWANTED;
        };
    }

    static KillMotive motive(TaskCheckpoint.Killing.Motive motive) {
        return switch (motive) {
            case ASKED -> KillMotive.ASKED;
            case TIME_IS_UP -> KillMotive.TIME_IS_UP;
            case UNWANTED -> KillMotive.UNWANTED;
            case UNRECOGNIZED -> throw new IllegalArgumentException("an unknown motive");
        };
    }

    private static Update update(StatusUpdate update) {
        return said(update.cause())
                .setUuid(update.uuid().toString())
                .setAtMs(update.at().toEpochMilli())
                .setState(update.state().name())
                .setExecutorStatus(ByteString.copyFrom(update.wire().asReadOnly()))
                .build();
    }

    static Update.Builder said(Cause cause) {
        return Update.newBuilder()
                .setIsOfAgent(cause.source() == StatusSource.AGENT)
                .setReason(cause.reason() == Reason.NONE ? "" : cause.reason().name())
                .setMessage(cause.message());
    }

    private static StatusUpdate update(Update update) {
        return new StatusUpdate(
                UUID.fromString(update.getUuid()),
                Instant.ofEpochMilli(update.getAtMs()),
                TaskState.valueOf(update.getState()),
                cause(update),
                Opaque.of(update.getExecutorStatus().asReadOnlyByteBuffer()));
    }

    static Cause cause(Update update) {
        var reason =
                update.getReason().isEmpty() ? Reason.NONE : Reason.valueOf(update.getReason());
        var source = update.getIsOfAgent() ? StatusSource.AGENT : StatusSource.EXECUTOR;
        return new Cause(source, reason, update.getMessage());
    }
}
