package io.meseta.agent.checkpoint;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.meseta.agent.checkpoint.v1.AgentCheckpoint;
import io.meseta.agent.core.holding.Holdings;
import io.meseta.agent.core.holding.Outcome;
import io.meseta.agent.core.holding.VolumeName;
import io.meseta.agent.core.holding.VolumePlace;
import io.meseta.mesos.resources.InvalidResource;
import io.meseta.mesos.resources.ResourceReading;
import io.meseta.mesos.resources.ResourceWriting;
import io.meseta.mesos.v1.Resource;
import io.meseta.model.Opaque;
import io.meseta.model.OperationState;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/// Holdings in the agent's own file. A damaged one shows as an [IllegalArgumentException].
final class HoldingsCodec {

    private static final ResourceWriting WRITING =
            new ResourceWriting(ResourceWriting.Form.NEWER, Optional.empty());

    private HoldingsCodec() {}

    static void write(Holdings holdings, AgentCheckpoint.Builder checkpoint) {
        for (var each : WRITING.write(holdings.taken())) checkpoint.addTaken(each.toByteString());
        for (var each : WRITING.write(holdings.made())) checkpoint.addMade(each.toByteString());
        for (var volume : holdings.doomed()) checkpoint.addDoomed(of(volume));
        for (var outcome : holdings.outcomes().values())
            checkpoint.addOutcomes(
                    AgentCheckpoint.Outcome.newBuilder()
                            .setOrder(outcome.order())
                            .setState(outcome.state().name())
                            .setMessage(outcome.message())
                            .setAbout(ByteString.copyFrom(outcome.about().asReadOnly())));
    }

    static Holdings read(AgentCheckpoint checkpoint) {
        var doomed = new TreeSet<VolumeName>();
        for (var volume : checkpoint.getDoomedList()) doomed.add(toName(volume));
        var outcomes = new TreeMap<Long, Outcome>();
        for (var outcome : checkpoint.getOutcomesList())
            outcomes.put(
                    outcome.getOrder(),
                    new Outcome(
                            outcome.getOrder(),
                            OperationState.valueOf(outcome.getState()),
                            outcome.getMessage(),
                            Opaque.of(outcome.getAbout().toByteArray())));
        return new Holdings(
                Resources.EMPTY,
                resources(checkpoint.getTakenList()),
                resources(checkpoint.getMadeList()),
                TreePSet.from(doomed),
                TreePMap.from(outcomes));
    }

    private static AgentCheckpoint.Volume of(VolumeName volume) {
        var row =
                AgentCheckpoint.Volume.newBuilder()
                        .setRole(volume.role().name())
                        .setId(volume.id());
        volume.place()
                .ifPresent(place ->
                        row.setPlace(
                                AgentCheckpoint.Place.newBuilder()
                                        .setRoot(place.root())
                                        .setWhole(place.isWhole())));
        return row.build();
    }

    private static VolumeName toName(AgentCheckpoint.Volume row) {
        var place =
                row.hasPlace()
                        ? Optional.of(
                                new VolumePlace(
                                        row.getPlace().getRoot(), row.getPlace().getWhole()))
                        : Optional.<VolumePlace>empty();
        return new VolumeName(new Role(row.getRole()), row.getId(), place);
    }

    private static Resources resources(List<ByteString> kept) {
        var wire = new ArrayList<Resource>();
        try {
            for (var bytes : kept) wire.add(Resource.parseFrom(bytes));
            return ResourceReading.read(wire);
        } catch (InvalidProtocolBufferException | InvalidResource damaged) {
            throw new IllegalArgumentException("resources that can't be read", damaged);
        }
    }
}
