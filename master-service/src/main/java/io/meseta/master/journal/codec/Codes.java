package io.meseta.master.journal.codec;

import com.google.protobuf.ProtocolMessageEnum;
import io.meseta.master.journal.v1.AgentCapabilityRow;
import io.meseta.master.journal.v1.DiskRow;
import io.meseta.master.journal.v1.FrameworkCapabilityRow;
import io.meseta.master.journal.v1.OperationStateRow;
import io.meseta.master.journal.v1.OperationTypeRow;
import io.meseta.master.journal.v1.ReservationRow;
import io.meseta.master.journal.v1.StatusReasonRow;
import io.meseta.master.journal.v1.StatusSourceRow;
import io.meseta.master.journal.v1.TaskStateRow;
import io.meseta.model.AgentCapability;
import io.meseta.model.Disk;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.OperationState;
import io.meseta.model.Reservation;
import io.meseta.model.TaskState;
import io.meseta.model.conversion.OperationType;
import io.meseta.model.status.StatusReason;
import io.meseta.model.status.StatusSource;
import java.util.EnumMap;
import java.util.Map;

/// Which code of the journal stands for which constant of ours.
///
/// They are matched by name when this class is loaded, so a constant without a code fails every
/// test; the numbers are in the `.proto` files alone, where they never change.
///
/// @param <E> ours
/// @param <C> the journal's
final class Codes<E extends Enum<E>, C extends Enum<C> & ProtocolMessageEnum> {

    static final Codes<TaskState, TaskStateRow.Code> TASK_STATES =
            new Codes<>(TaskState.class, TaskStateRow.Code.class);

    static final Codes<StatusReason, StatusReasonRow.Code> REASONS =
            new Codes<>(StatusReason.class, StatusReasonRow.Code.class);

    static final Codes<StatusSource, StatusSourceRow.Code> SOURCES =
            new Codes<>(StatusSource.class, StatusSourceRow.Code.class);

    static final Codes<FrameworkCapability, FrameworkCapabilityRow.Code> FRAMEWORK_CAPABILITIES =
            new Codes<>(FrameworkCapability.class, FrameworkCapabilityRow.Code.class);

    static final Codes<AgentCapability, AgentCapabilityRow.Code> AGENT_CAPABILITIES =
            new Codes<>(AgentCapability.class, AgentCapabilityRow.Code.class);

    static final Codes<Reservation.Type, ReservationRow.Type> RESERVATIONS =
            new Codes<>(Reservation.Type.class, ReservationRow.Type.class);

    static final Codes<Disk.Mode, DiskRow.Persistence.Mode> MODES =
            new Codes<>(Disk.Mode.class, DiskRow.Persistence.Mode.class);

    static final Codes<Disk.DiskSource.Type, DiskRow.Source.Type> DISK_SOURCES =
            new Codes<>(Disk.DiskSource.Type.class, DiskRow.Source.Type.class);

    static final Codes<OperationState, OperationStateRow.Code> OPERATION_STATES =
            new Codes<>(OperationState.class, OperationStateRow.Code.class);

    static final Codes<OperationType, OperationTypeRow.Code> OPERATION_TYPES =
            new Codes<>(OperationType.class, OperationTypeRow.Code.class);

    private final Map<E, C> codes;
    private final Map<C, E> constants;

    private Codes(Class<E> ours, Class<C> theirs) {
        codes = new EnumMap<>(ours);
        constants = new EnumMap<>(theirs);
        for (var constant : ours.getEnumConstants()) {
            var code = Enum.valueOf(theirs, constant.name());
            codes.put(constant, code);
            constants.put(code, constant);
        }
    }

    C of(E constant) {
        var code = codes.get(constant);
        if (code == null) throw new IllegalArgumentException("no code for " + constant);
        return code;
    }

    E from(C code) {
        var constant = constants.get(code);
        if (constant == null) throw new UnknownContent("the code " + code + " is not known");
        return constant;
    }
}
