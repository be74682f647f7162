package io.meseta.agent.operator;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.meseta.agent.core.holding.Outcome;
import io.meseta.agent.core.machine.Machine;
import io.meseta.mesos.resources.InvalidResource;
import io.meseta.mesos.resources.ResourceReading;
import io.meseta.mesos.v1.AgentID;
import io.meseta.mesos.v1.Offer;
import io.meseta.mesos.v1.Operation;
import io.meseta.mesos.v1.OperationState;
import io.meseta.mesos.v1.OperationStatus;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.agent.Response;
import io.meseta.model.Opaque;
import io.meseta.model.Reservation;
import io.meseta.model.Role;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The operations of which the master may not have heard how they ended, as wire messages.
final class OperationViews {

    private OperationViews() {}

    /// @param shows whether the caller may see what is of a role
    static Response.GetOperations of(Machine machine, Predicate<Role> shows) {
        var operations = Response.GetOperations.newBuilder();
        var agent =
                machine.agent()
                        .map(id -> AgentID.newBuilder().setValue(id.value()).build())
                        .orElse(AgentID.getDefaultInstance());
        for (var outcome : machine.holdings().outcomes().values())
            operation(outcome, agent)
                    .filter(each -> roles(each.getInfo()).allMatch(shows))
                    .ifPresent(operations::addOperations);
        return operations.build();
    }

    /// Empty for one that an older version of this agent has written down.
    private static Optional<Operation> operation(Outcome outcome, AgentID agent) {
        if (outcome.about().equals(Opaque.EMPTY)) return Optional.empty();
        try {
            var about =
                    Operation.newBuilder()
                            .mergeFrom(ByteString.copyFrom(outcome.about().asReadOnly()));
            var status =
                    OperationStatus.newBuilder()
                            .setState(OperationState.valueOf(outcome.state().name()))
                            .setAgentId(agent);
            if (!outcome.message().isEmpty()) status.setMessage(outcome.message());
            if (about.getInfo().hasId()) status.setOperationId(about.getInfo().getId());
            about.setAgentId(agent).setLatestStatus(status);
            if (!outcome.isPending()) about.addStatuses(status);
            return Optional.of(about.build());
        } catch (InvalidProtocolBufferException damaged) {
            throw new IllegalStateException("an operation that can't be read", damaged);
        }
    }

    private static Stream<Role> roles(Offer.Operation info) {
        var all =
                Stream.of(
                                info.getReserve().getResourcesList(),
                                info.getReserve().getSourceList(),
                                info.getUnreserve().getResourcesList(),
                                info.getCreate().getVolumesList(),
                                info.getDestroy().getVolumesList(),
                                List.of(info.getGrowVolume().getVolume()),
                                List.of(info.getShrinkVolume().getVolume()))
                        .flatMap(List::stream)
                        .filter(each -> !each.getName().isEmpty())
                        .toList();
        return roles(all);
    }

    private static Stream<Role> roles(List<Resource> wire) {
        try {
            return ResourceReading.read(wire).kinds().stream()
                    .flatMap(kind -> kind.reservations().stream())
                    .map(Reservation::role)
                    .distinct();
        } catch (InvalidResource damaged) {
            throw new IllegalStateException("resources that can't be read", damaged);
        }
    }
}
