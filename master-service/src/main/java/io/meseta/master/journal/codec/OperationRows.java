package io.meseta.master.journal.codec;

import static io.meseta.master.journal.codec.PlainRows.known;
import static io.meseta.master.journal.codec.PlainRows.require;
import static io.meseta.master.journal.codec.PlainRows.row;
import static io.meseta.master.journal.codec.PlainRows.toInstant;
import static io.meseta.master.journal.codec.PlainRows.toOpaque;

import io.meseta.master.core.operation.OperationEvent;
import io.meseta.master.core.operation.OperationEvent.OperationAcknowledged;
import io.meseta.master.core.operation.OperationEvent.OperationEnded;
import io.meseta.master.core.operation.OperationEvent.OperationOrdered;
import io.meseta.master.core.operation.OperationKey;
import io.meseta.master.core.operation.OperationOwner;
import io.meseta.master.core.operation.OperationSpec;
import io.meseta.master.core.operation.OrderedOperation;
import io.meseta.master.journal.v1.EventRow;
import io.meseta.master.journal.v1.OperationAcknowledgedRow;
import io.meseta.master.journal.v1.OperationEndedRow;
import io.meseta.master.journal.v1.OperationKeyRow;
import io.meseta.master.journal.v1.OperationOrderedRow;
import io.meseta.master.journal.v1.OperationOwnerRow;
import io.meseta.master.journal.v1.OperationRow;
import io.meseta.master.journal.v1.OperationSpecRow;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.OperationId;
import io.meseta.model.conversion.Conversion;
import java.util.Optional;

/// Operations on resources and what can happen to them.
final class OperationRows {

    private OperationRows() {}

    static EventRow of(OperationEvent event) {
        var row = EventRow.newBuilder();
        switch (event) {
            case OperationOrdered(var key, var spec, var owner, var at) ->
                    row.setOperationOrdered(ordered(key, spec, owner).setAt(row(at)));
            case OperationEnded(var key, var state, var message, var at) ->
                    row.setOperationEnded(
                            OperationEndedRow.newBuilder()
                                    .setKey(of(key))
                                    .setState(Codes.OPERATION_STATES.of(state))
                                    .setMessage(message)
                                    .setAt(row(at)));
            case OperationAcknowledged(var key) ->
                    row.setOperationAcknowledged(
                            OperationAcknowledgedRow.newBuilder().setKey(of(key)));
            case OperationEvent.OperationRepeated _,
                    OperationEvent.OperationAnswered _,
                    OperationEvent.StrayEnded _ ->
                    throw EventRows.passing(event);
        }
        return row.build();
    }

    private static OperationOrderedRow.Builder ordered(
            OperationKey key, OperationSpec spec, Optional<OperationOwner> owner) {
        var row = OperationOrderedRow.newBuilder().setKey(of(key)).setSpec(of(spec));
        owner.ifPresent(each -> row.setOwner(of(each)));
        return row;
    }

    static OperationOrdered toEvent(OperationOrderedRow row) {
        known(row);
        require(row.hasKey() && row.hasSpec(), "an operation's key or content");
        require(row.hasAt(), "when an operation was ordered");
        return new OperationOrdered(
                toKey(row.getKey()),
                toSpec(row.getSpec()),
                row.hasOwner() ? Optional.of(toOwner(row.getOwner())) : Optional.empty(),
                toInstant(row.getAt()));
    }

    static OperationEnded toEvent(OperationEndedRow row) {
        known(row);
        require(row.hasKey() && row.hasAt(), "an ended operation's key or time");
        return new OperationEnded(
                toKey(row.getKey()),
                Codes.OPERATION_STATES.from(row.getState()),
                row.getMessage(),
                toInstant(row.getAt()));
    }

    static OperationAcknowledged toEvent(OperationAcknowledgedRow row) {
        known(row);
        require(row.hasKey(), "an acknowledged operation's key");
        return new OperationAcknowledged(toKey(row.getKey()));
    }

    static OperationRow of(OrderedOperation operation) {
        var row =
                OperationRow.newBuilder()
                        .setKey(of(operation.key()))
                        .setSpec(of(operation.spec()))
                        .setOrderedAt(row(operation.orderedAt()))
                        .setState(Codes.OPERATION_STATES.of(operation.state()))
                        .setMessage(operation.message());
        operation.owner().ifPresent(owner -> row.setOwner(of(owner)));
        return row.build();
    }

    static OrderedOperation toOperation(OperationRow row) {
        known(row);
        require(row.hasKey() && row.hasSpec(), "an operation's key or content");
        require(row.hasOrderedAt(), "when an operation was ordered");
        return OrderedOperation.of(
                toKey(row.getKey()),
                toSpec(row.getSpec()),
                row.hasOwner() ? Optional.of(toOwner(row.getOwner())) : Optional.empty(),
                toInstant(row.getOrderedAt()),
                Codes.OPERATION_STATES.from(row.getState()),
                row.getMessage());
    }

    private static OperationKeyRow of(OperationKey key) {
        return OperationKeyRow.newBuilder()
                .setAgent(key.agent().value())
                .setOrder(key.order())
                .build();
    }

    private static OperationKey toKey(OperationKeyRow row) {
        known(row);
        return new OperationKey(new AgentId(row.getAgent()), row.getOrder());
    }

    private static OperationSpecRow of(OperationSpec spec) {
        return OperationSpecRow.newBuilder()
                .setType(Codes.OPERATION_TYPES.of(spec.type()))
                .addAllConsumed(ResourceRows.of(spec.conversion().consumed()))
                .addAllConverted(ResourceRows.of(spec.conversion().converted()))
                .setWire(row(spec.wire()))
                .build();
    }

    private static OperationSpec toSpec(OperationSpecRow row) {
        known(row);
        return new OperationSpec(
                Codes.OPERATION_TYPES.from(row.getType()),
                new Conversion(
                        ResourceRows.toResources(row.getConsumedList()),
                        ResourceRows.toResources(row.getConvertedList())),
                toOpaque(row.getWire()));
    }

    private static OperationOwnerRow of(OperationOwner owner) {
        var row = OperationOwnerRow.newBuilder().setFramework(owner.framework().value());
        owner.id().ifPresent(id -> row.setId(id.value()));
        return row.build();
    }

    private static OperationOwner toOwner(OperationOwnerRow row) {
        known(row);
        return new OperationOwner(
                new FrameworkId(row.getFramework()),
                row.hasId() ? Optional.of(new OperationId(row.getId())) : Optional.empty());
    }
}
