package io.meseta.master.wire;

import com.google.protobuf.ByteString;
import io.meseta.master.core.operation.OperationStatus;
import io.meseta.master.core.operation.OrderedOperation;
import io.meseta.mesos.v1.Operation;
import java.util.UUID;

/// Writes operations and their statuses as frameworks and operators read them.
public final class OperationWriting {

    private OperationWriting() {}

    public static io.meseta.mesos.v1.OperationStatus write(OperationStatus status) {
        var wire =
                io.meseta.mesos.v1.OperationStatus.newBuilder()
                        .setOperationId(WireNames.id(status.operation()))
                        .setState(WireNames.of(status.state()));
        if (!status.message().isEmpty()) wire.setMessage(status.message());
        status.uuid().ifPresent(uuid -> wire.setUuid(of(uuid)));
        status.agent().ifPresent(agent -> wire.setAgentId(WireNames.id(agent)));
        return wire.build();
    }

    public static Operation write(OrderedOperation operation) {
        var status =
                operation
                        .status()
                        .map(OperationWriting::write)
                        .orElseGet(() ->
                                io.meseta.mesos.v1.OperationStatus.newBuilder()
                                        .setState(WireNames.of(operation.state()))
                                        .setAgentId(WireNames.id(operation.key().agent()))
                                        .build());
        var wire =
                Operation.newBuilder()
                        .setAgentId(WireNames.id(operation.key().agent()))
                        .setInfo(Sealed.operation(operation.spec().wire()))
                        .setLatestStatus(status)
                        .setUuid(of(operation.key().uuid()));
        if (!operation.isPending()) wire.addStatuses(status);
        operation.owner().ifPresent(owner -> wire.setFrameworkId(WireNames.id(owner.framework())));
        return wire.build();
    }

    private static io.meseta.mesos.v1.UUID of(UUID uuid) {
        return io.meseta
                .mesos
                .v1
                .UUID
                .newBuilder()
                .setValue(ByteString.copyFrom(WireIds.bytes(uuid)))
                .build();
    }
}
