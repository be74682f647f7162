package io.meseta.master.core.operation;

import io.meseta.allocator.Grant;
import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.agent.AgentProfile;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.play.Play;
import io.meseta.model.AgentCapability;
import io.meseta.model.AgentId;
import io.meseta.model.Disk;
import io.meseta.model.FrameworkId;
import io.meseta.model.OfferId;
import io.meseta.model.Opaque;
import io.meseta.model.OperationId;
import io.meseta.model.OperationState;
import io.meseta.model.Reservation;
import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.Scalar;
import io.meseta.model.conversion.Conversion;
import io.meseta.model.conversion.OperationType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Agents, frameworks and operations as tests need them, without a cluster around them.
final class OperationDrafts {

    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    static final AgentId AGENT = new AgentId("S1");
    static final AgentId OTHER_AGENT = new AgentId("S2");
    static final FrameworkId ONE = new FrameworkId("F1");
    static final FrameworkId TWO = new FrameworkId("F2");
    static final Reservation DEV = Reservation.ofDynamic(Play.DEV);

    private OperationDrafts() {}

    static OperationKey key(long order) {
        return new OperationKey(AGENT, order);
    }

    static OperationSpec reserve(long cpus) {
        var reserved = new Resource(ResourceKind.plain("cpus").reserved(DEV), Scalar.ofUnits(cpus));
        return spec(OperationType.RESERVE, Conversion.reserving(List.of(reserved)));
    }

    static OperationSpec spec(OperationType type, Conversion conversion) {
        return new OperationSpec(type, conversion, Opaque.EMPTY);
    }

    static Resource disk(long megabytes) {
        return new Resource(ResourceKind.plain("disk").reserved(DEV), Scalar.ofUnits(megabytes));
    }

    static Resource volume(String id, long megabytes, boolean shared) {
        var persistence = new Disk.Persistence(id, Optional.empty(), "data", Disk.Mode.RW);
        var disk = new Disk(Optional.of(persistence), Optional.empty());
        var kind =
                new ResourceKind(
                        "disk", List.of(DEV), Optional.of(disk), false, shared, Optional.empty());
        return new Resource(kind, Scalar.ofUnits(megabytes));
    }

    /// One that waits for its end by this id.
    static OrderedOperation ordered(long order, FrameworkId framework, String id) {
        return ordered(key(order), new OperationOwner(framework, Optional.of(new OperationId(id))));
    }

    static OrderedOperation ordered(OperationKey key, OperationOwner owner) {
        return OrderedOperation.ordered(key, reserve(1), Optional.of(owner), NOON);
    }

    static OrderedOperation finished(OrderedOperation operation, Instant at) {
        return operation.ended(OperationState.OPERATION_FINISHED, "", at);
    }

    static Operations all(OrderedOperation... operations) {
        var all = Operations.none();
        for (var each : operations) all = all.with(each);
        return all;
    }

    static Agent agent(Resources resources, AgentCapability... capabilities) {
        var profile =
                new AgentProfile(
                        "host", 5051, resources, Set.of(capabilities), "1.11.0", Opaque.EMPTY);
        return Agent.admitted(AGENT, profile, NOON, 0);
    }

    static Offer offer(int number, Resources resources) {
        return new Offer(
                new OfferId("O" + number), new Grant(AGENT, ONE, Play.DEV, resources), NOON);
    }
}
