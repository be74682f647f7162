package io.meseta.agent.executors;

import com.google.protobuf.ByteString;
import io.meseta.agent.core.machine.Command.Word;
import io.meseta.agent.core.update.Cause;
import io.meseta.agent.core.update.StatusUpdate;
import io.meseta.mesos.json.JsonLimits;
import io.meseta.mesos.protobuf.ProtobufLimits;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.mesos.v1.executor.Call;
import io.meseta.model.Opaque;
import io.meseta.model.TaskId;
import io.meseta.model.TaskState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/// Whether an executor's call is whole, and what it says in the core's words.
final class ExecutorCalls {

    /// More than any executor has reason to say again.
    private static final int REPEATED_MAX = 10_000;

    /// How many messages may lie within each other. A master takes twice as many, and puts a few
    /// around those of a status: what it refused would be said again for ever.
    private static final int DEPTH_MAX = 32;

    static final JsonLimits AS_JSON =
            new JsonLimits(
                    JsonLimits.DEFAULT.bytesMax(),
                    DEPTH_MAX,
                    JsonLimits.DEFAULT.stringCharsMax(),
                    JsonLimits.DEFAULT.numberCharsMax());
    static final ProtobufLimits AS_PROTOBUF =
            new ProtobufLimits(ProtobufLimits.DEFAULT.bytesMax(), DEPTH_MAX);

    /// A fraction of what a master takes in one body.
    private static final int STATUS_BYTES_MAX = 4 << 20;

    private static final int UUID_BYTES = 16;
    private static final int VERSION_MAX = 5;

    /// In the year 2255; a master believes no later time.
    private static final double SECONDS_MAX = 9_000_000_000.0;

    private static final double MILLIS_PER_SECOND = 1_000;

    private final InstantSource clock;

    ExecutorCalls(InstantSource clock) {
        this.clock = clock;
    }

    /// What is wrong with a call, in Mesos' words and order.
    static Optional<String> complaint(Call call) {
        if (!call.hasExecutorId()) return missing("executor_id");
        if (!call.hasFrameworkId()) return missing("framework_id");
        return switch (call.getType()) {
            case SUBSCRIBE -> subscription(call);
            case UPDATE -> call.hasUpdate() ? complaint(call, call.getUpdate()) : missing("update");
            case MESSAGE -> call.hasMessage() ? Optional.empty() : missing("message");
            case HEARTBEAT, UNKNOWN -> Optional.empty();
        };
    }

    private static Optional<String> subscription(Call call) {
        if (!call.hasSubscribe()) return missing("subscribe");
        var subscribe = call.getSubscribe();
        int repeated =
                subscribe.getUnacknowledgedTasksCount() + subscribe.getUnacknowledgedUpdatesCount();
        if (repeated > REPEATED_MAX)
            return Optional.of("Expecting at most " + REPEATED_MAX + " unacknowledged things");
        return subscribe.getUnacknowledgedUpdatesList().stream()
                .flatMap(update -> complaint(call, update).stream())
                .findFirst();
    }

    private static Optional<String> complaint(Call call, Call.Update update) {
        var status = update.getStatus();
        if (!status.hasUuid()) return missing("uuid");
        if (!isUuid(status.getUuid())) return Optional.of("Not a valid UUID");
        if (status.getSerializedSize() > STATUS_BYTES_MAX)
            return Optional.of("A status may have at most " + STATUS_BYTES_MAX + " bytes");
        var who = call.getExecutorId().getValue();
        if (status.hasExecutorId() && !status.getExecutorId().getValue().equals(who))
            return Optional.of(
                    "ExecutorID in Call: %s does not match ExecutorID in TaskStatus: %s"
                            .formatted(who, status.getExecutorId().getValue()));
        if (status.getSource() != TaskStatus.Source.SOURCE_EXECUTOR)
            return Optional.of(
                    "Received Call from executor %s of framework %s with invalid source,"
                                    .formatted(who, call.getFrameworkId().getValue())
                            + " expecting 'SOURCE_EXECUTOR'");
        if (status.getState() == io.meseta.mesos.v1.TaskState.TASK_STAGING)
            return Optional.of(
                    "Received TASK_STAGING from executor %s of framework %s which is not allowed"
                            .formatted(who, call.getFrameworkId().getValue()));
        return problem(status.getTaskId().getValue());
    }

    private static Optional<String> problem(String task) {
        try {
            var _ = new TaskId(task);
            return Optional.empty();
        } catch (IllegalArgumentException bad) {
            return Optional.ofNullable(bad.getMessage());
        }
    }

    private static Optional<String> missing(String field) {
        return Optional.of("Expecting '" + field + "' to be present");
    }

    /// Those without a version are none for a master either.
    private static boolean isUuid(ByteString bytes) {
        if (bytes.size() != UUID_BYTES) return false;
        int version = uuid(bytes).version();
        return version >= 1 && version <= VERSION_MAX;
    }

    Word word(TaskStatus said) {
        // A time that cannot be is as good as none.
        var status = isTimed(said) ? said : said.toBuilder().clearTimestamp().build();
        var id = new TaskId(status.getTaskId().getValue());
        var update =
                new StatusUpdate(
                        uuid(status.getUuid()),
                        at(status),
                        TaskState.valueOf(status.getState().name()),
                        Cause.said(status.getMessage()),
                        Opaque.of(status.toByteArray()));
        return new Word(id, update);
    }

    List<Word> words(Call.Subscribe subscribe) {
        return subscribe.getUnacknowledgedUpdatesList().stream()
                .map(update -> word(update.getStatus()))
                .toList();
    }

    /// What is no id is no task that it could have been given.
    static SortedSet<TaskId> tasks(Call.Subscribe subscribe) {
        var tasks = new TreeSet<TaskId>();
        for (var task : subscribe.getUnacknowledgedTasksList())
            if (problem(task.getTaskId().getValue()).isEmpty())
                tasks.add(new TaskId(task.getTaskId().getValue()));
        return tasks;
    }

    private Instant at(TaskStatus status) {
        return isTimed(status)
                ? Instant.ofEpochMilli((long) (status.getTimestamp() * MILLIS_PER_SECOND))
                : clock.instant();
    }

    private static boolean isTimed(TaskStatus status) {
        double seconds = status.getTimestamp();
        return status.hasTimestamp() && seconds >= 0 && seconds <= SECONDS_MAX;
    }

    private static UUID uuid(ByteString bytes) {
        var buffer = bytes.asReadOnlyByteBuffer();
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
