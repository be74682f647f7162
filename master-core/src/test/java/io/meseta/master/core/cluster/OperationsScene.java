package io.meseta.master.core.cluster;

import io.meseta.master.core.agent.AgentProfile;
import io.meseta.master.core.cluster.Operation.Convert;
import io.meseta.master.core.cluster.Operation.Launch;
import io.meseta.master.core.cluster.Operation.LaunchGroup;
import io.meseta.master.core.cluster.Operation.Proposal;
import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.master.core.executor.ExecutorSpec;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.operation.OperationSpec;
import io.meseta.master.core.operation.OperationStatus;
import io.meseta.master.core.task.Home;
import io.meseta.master.core.task.TaskSpec;
import io.meseta.master.play.Play;
import io.meseta.model.AgentCapability;
import io.meseta.model.AgentId;
import io.meseta.model.Disk;
import io.meseta.model.ExecutorId;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.OperationId;
import io.meseta.model.Reservation;
import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.Scalar;
import io.meseta.model.TaskId;
import io.meseta.model.conversion.Conversion;
import io.meseta.model.conversion.OperationType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

/// A framework that converts resources of an agent that knows how to.
abstract class OperationsScene {

    static final Reservation DEV = Reservation.ofDynamic(Play.DEV);
    final Play play = new Play();
    FrameworkId framework = new FrameworkId("none");
    AgentId agent = new AgentId("none");

    @BeforeEach
    void begin() {
        framework =
                play.framework(
                        Play.profile(
                                Duration.ofMinutes(1),
                                FrameworkCapability.PARTITION_AWARE,
                                FrameworkCapability.RESERVATION_REFINEMENT,
                                FrameworkCapability.SHARED_RESOURCES));
        agent = play.greet(Optional.empty(), able("cpus:4;mem:1024;disk:1000"), 0);
    }

    static AgentProfile able(String resources) {
        return new AgentProfile(
                "host",
                5051,
                Resources.parse(resources),
                EnumSet.allOf(AgentCapability.class),
                "1",
                Opaque.EMPTY);
    }

    static Resource reserved(String name, long units) {
        return new Resource(ResourceKind.plain(name).reserved(DEV), Scalar.ofUnits(units));
    }

    static Resource volume(String id, long megabytes, boolean shared) {
        var persistence = new Disk.Persistence(id, Optional.empty(), "data", Disk.Mode.RW);
        var disk = new Disk(Optional.of(persistence), Optional.empty());
        var kind =
                new ResourceKind(
                        "disk", List.of(DEV), Optional.of(disk), false, shared, Optional.empty());
        return new Resource(kind, Scalar.ofUnits(megabytes));
    }

    static Convert convert(String id, OperationType type, Resource... resources) {
        var all = List.of(resources);
        var conversion =
                switch (type) {
                    case RESERVE -> Conversion.reserving(all);
                    case UNRESERVE -> Conversion.unreserving(all);
                    case CREATE -> Conversion.creating(all);
                    case DESTROY -> Conversion.destroying(all);
                    case GROW_VOLUME -> Conversion.growing(all.getFirst(), all.getLast());
                    case SHRINK_VOLUME ->
                            Conversion.shrinking(all.getFirst(), (Scalar) all.getLast().amount());
                };
        return new Convert(
                Optional.of(id).filter(text -> !text.isEmpty()).map(OperationId::new),
                new OperationSpec(type, conversion, Opaque.EMPTY),
                "");
    }

    static Launch launch(Offer offer, String id, Resource... resources) {
        var spec =
                new TaskSpec(new TaskId(id), id, Play.DEV, Resources.of(resources), Opaque.EMPTY);
        return new Launch(List.of(new Proposal.Wellformed(spec, offer.agent())));
    }

    /// Small tasks that run together or not at all.
    static LaunchGroup group(AgentId agent, String executor, String... tasks) {
        var spec = new ExecutorSpec(new ExecutorId(executor), Resources.EMPTY, Opaque.EMPTY);
        var home = new Home.In(spec.id(), true);
        var needed = Resources.parse("cpus:1;mem:64");
        var members = new ArrayList<Proposal.Wellformed>();
        for (var id : tasks)
            members.add(
                    new Proposal.Wellformed(
                            new TaskSpec(new TaskId(id), id, Play.DEV, needed, Opaque.EMPTY, home),
                            agent));
        return new LaunchGroup(spec, members);
    }

    void accept(Operation... operations) {
        accept(play.offer(framework), operations);
    }

    void accept(Offer offer, Operation... operations) {
        play.put(
                new Command.Accept(
                        play.caller(framework),
                        List.of(offer.id()),
                        List.of(operations),
                        Duration.ZERO));
    }

    List<OperationStatus> statuses() {
        return play.told(framework).stream()
                .filter(News.OperationUpdated.class::isInstance)
                .map(news -> ((News.OperationUpdated) news).status())
                .toList();
    }

    Resources total() {
        return play.cluster().agent(agent).orElseThrow().profile().resources();
    }
}
