package io.meseta.master.wire;

import io.meseta.mesos.v1.AgentID;
import io.meseta.mesos.v1.ExecutorID;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.OfferID;
import io.meseta.mesos.v1.OperationID;
import io.meseta.mesos.v1.TaskID;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.model.AgentId;
import io.meseta.model.ExecutorId;
import io.meseta.model.FrameworkId;
import io.meseta.model.OfferId;
import io.meseta.model.OperationId;
import io.meseta.model.OperationState;
import io.meseta.model.TaskId;
import io.meseta.model.TaskState;
import io.meseta.model.status.StatusReason;
import io.meseta.model.status.StatusSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Ids and enumerations, which have the same names here and there.
public final class WireNames {

    private static final Map<TaskState, io.meseta.mesos.v1.TaskState> STATES =
            new EnumMap<>(TaskState.class);
    private static final Map<io.meseta.mesos.v1.TaskState, TaskState> STATES_BACK =
            new EnumMap<>(io.meseta.mesos.v1.TaskState.class);
    private static final Map<StatusReason, TaskStatus.Reason> REASONS =
            new EnumMap<>(StatusReason.class);
    private static final Map<TaskStatus.Reason, StatusReason> REASONS_BACK =
            new EnumMap<>(TaskStatus.Reason.class);

    private static final Map<OperationState, io.meseta.mesos.v1.OperationState> OPERATIONS =
            new EnumMap<>(OperationState.class);
    private static final Map<io.meseta.mesos.v1.OperationState, OperationState> OPERATIONS_BACK =
            new EnumMap<>(io.meseta.mesos.v1.OperationState.class);

    static {
        for (var state : OperationState.values()) {
            var wire = io.meseta.mesos.v1.OperationState.valueOf(state.name());
            OPERATIONS.put(state, wire);
            OPERATIONS_BACK.put(wire, state);
        }
        for (var state : TaskState.values()) {
            var wire = io.meseta.mesos.v1.TaskState.valueOf(state.name());
            STATES.put(state, wire);
            STATES_BACK.put(wire, state);
        }
        for (var reason : StatusReason.values()) {
            var wire = TaskStatus.Reason.valueOf(reason.name());
            REASONS.put(reason, wire);
            REASONS_BACK.put(wire, reason);
        }
    }

    private WireNames() {}

    public static FrameworkID id(FrameworkId id) {
        return FrameworkID.newBuilder().setValue(id.value()).build();
    }

    public static AgentID id(AgentId id) {
        return AgentID.newBuilder().setValue(id.value()).build();
    }

    public static ExecutorID id(ExecutorId id) {
        return ExecutorID.newBuilder().setValue(id.value()).build();
    }

    public static TaskID id(TaskId id) {
        return TaskID.newBuilder().setValue(id.value()).build();
    }

    public static OfferID id(OfferId id) {
        return OfferID.newBuilder().setValue(id.value()).build();
    }

    public static io.meseta.mesos.v1.TaskState of(TaskState state) {
        return Objects.requireNonNull(STATES.get(state));
    }

    public static TaskState of(io.meseta.mesos.v1.TaskState state) {
        return Objects.requireNonNull(STATES_BACK.get(state));
    }

    public static io.meseta.mesos.v1.OperationState of(OperationState state) {
        return Objects.requireNonNull(OPERATIONS.get(state));
    }

    public static OperationState of(io.meseta.mesos.v1.OperationState state) {
        return Objects.requireNonNull(OPERATIONS_BACK.get(state));
    }

    public static OperationID id(OperationId id) {
        return OperationID.newBuilder().setValue(id.value()).build();
    }

    public static TaskStatus.Reason of(StatusReason reason) {
        return Objects.requireNonNull(REASONS.get(reason));
    }

    /// Empty for a reason that the model does not know.
    public static Optional<StatusReason> of(TaskStatus.Reason reason) {
        return Optional.ofNullable(REASONS_BACK.get(reason));
    }

    public static TaskStatus.Source of(StatusSource source) {
        return switch (source) {
            case MASTER -> TaskStatus.Source.SOURCE_MASTER;
            case AGENT -> TaskStatus.Source.SOURCE_AGENT;
            case EXECUTOR -> TaskStatus.Source.SOURCE_EXECUTOR;
        };
    }

    public static StatusSource of(TaskStatus.Source source) {
        return switch (source) {
            case SOURCE_MASTER -> StatusSource.MASTER;
            case SOURCE_AGENT -> StatusSource.AGENT;
            case SOURCE_EXECUTOR -> StatusSource.EXECUTOR;
        };
    }
}
