package io.meseta.master.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.agent.AgentProfile;
import io.meseta.master.core.cluster.Command.HeldTask;
import io.meseta.master.core.cluster.Operation.Convert;
import io.meseta.master.core.cluster.Operation.Launch;
import io.meseta.master.core.cluster.Operation.Proposal;
import io.meseta.master.core.cluster.effect.Effect.EndLink;
import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.master.core.cluster.effect.Effect.Word;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.operation.OperationKey;
import io.meseta.master.core.operation.OperationQuestion;
import io.meseta.master.core.operation.OperationSpec;
import io.meseta.master.core.operation.OperationStatus;
import io.meseta.master.core.operation.Outcome;
import io.meseta.master.core.task.TaskSpec;
import io.meseta.master.play.Play;
import io.meseta.model.AgentCapability;
import io.meseta.model.AgentId;
import io.meseta.model.Disk;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.OperationId;
import io.meseta.model.OperationState;
import io.meseta.model.Reservation;
import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.Scalar;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import io.meseta.model.conversion.Conversion;
import io.meseta.model.conversion.OperationType;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperationsTest {

    private static final Reservation DEV = Reservation.ofDynamic(Play.DEV);

    private final Play play = new Play();
    private FrameworkId framework = new FrameworkId("none");
    private AgentId agent = new AgentId("none");

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

    private static AgentProfile able(String resources) {
        return new AgentProfile(
                "host",
                5051,
                Resources.parse(resources),
                EnumSet.allOf(AgentCapability.class),
                "1",
                Opaque.EMPTY);
    }

    private static Resource reserved(String name, long units) {
        return new Resource(ResourceKind.plain(name).reserved(DEV), Scalar.ofUnits(units));
    }

    private static Resource volume(String id, long megabytes, boolean shared) {
        var persistence = new Disk.Persistence(id, Optional.empty(), "data", Disk.Mode.RW);
        var disk = new Disk(Optional.of(persistence), Optional.empty());
        var kind =
                new ResourceKind(
                        "disk", List.of(DEV), Optional.of(disk), false, shared, Optional.empty());
        return new Resource(kind, Scalar.ofUnits(megabytes));
    }

    private static Convert convert(String id, OperationType type, Resource... resources) {
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

    private static Launch launch(Offer offer, String id, Resource... resources) {
        var spec =
                new TaskSpec(new TaskId(id), id, Play.DEV, Resources.of(resources), Opaque.EMPTY);
        return new Launch(List.of(new Proposal.Wellformed(spec, offer.agent())));
    }

    private void accept(Operation... operations) {
        accept(play.offer(framework), operations);
    }

    private void accept(Offer offer, Operation... operations) {
        play.put(
                new Command.Accept(
                        play.caller(framework),
                        List.of(offer.id()),
                        List.of(operations),
                        Duration.ZERO));
    }

    private void end(long order, OperationState state) {
        play.put(
                new Command.ReportOperation(
                        agent, play.link(agent), new Outcome(order, state, "")));
    }

    private List<OperationStatus> statuses() {
        return play.told(framework).stream()
                .filter(News.OperationUpdated.class::isInstance)
                .map(news -> ((News.OperationUpdated) news).status())
                .toList();
    }

    private Resources total() {
        return play.cluster().agent(agent).orElseThrow().profile().resources();
    }

    private void acknowledge(long order, String id) {
        play.put(
                new Command.AcknowledgeOperation(
                        play.caller(framework),
                        Optional.of(agent),
                        new OperationId(id),
                        new OperationKey(agent, order).statusUuid()));
    }

    @Test
    void countsAReservationAtOnceAndOffersIt() {
        accept(convert("r", OperationType.RESERVE, reserved("cpus", 1), reserved("disk", 100)));

        assertThat(total().reservedTo(Play.DEV))
                .isEqualTo(Resources.of(reserved("cpus", 1), reserved("disk", 100)));
        assertThat(play.offer(framework).grant().resources()).isEqualTo(total());
        assertThat(play.told(agent))
                .singleElement()
                .isInstanceOfSatisfying(
                        Word.Operate.class,
                        word -> assertThat(word.operation().key().order()).isEqualTo(1));
        assertThat(statuses()).isEmpty();
    }

    @Test
    void letsEachOperationFindWhatTheEarlierOnesLeft() {
        var offer = play.offer(framework);

        accept(
                convert("", OperationType.RESERVE, reserved("cpus", 1), reserved("disk", 100)),
                convert("", OperationType.CREATE, volume("v1", 60, false)),
                launch(offer, "t", reserved("cpus", 1), volume("v1", 60, false)));

        assertThat(play.cluster().tasks().size()).isEqualTo(1);
        assertThat(play.told(agent)).hasSize(3);
        assertThat(play.offer(framework).grant().resources())
                .isEqualTo(
                        Resources.parse("cpus:3;mem:1024;disk:900")
                                .plus(Resources.of(reserved("disk", 40))));
    }

    @Test
    void dropsAnOperationThatCannotBeDoneAloneWithWordsForWhoWaits() {
        var offer = play.offer(framework);

        accept(
                convert("much", OperationType.RESERVE, reserved("cpus", 100)),
                convert("", OperationType.UNRESERVE, reserved("cpus", 1)),
                convert("fine", OperationType.RESERVE, reserved("cpus", 1)),
                launch(offer, "t", reserved("cpus", 1)));

        assertThat(statuses())
                .containsExactly(
                        OperationStatus.error(
                                new OperationId("much"),
                                "cpus(allocated: dev):4; disk(allocated: dev):1000;"
                                        + " mem(allocated: dev):1024 does not contain"
                                        + " cpus(allocated: dev):100"));
        assertThat(play.cluster().tasks().size()).isEqualTo(1);
    }

    @Test
    void refusesAVolumeWhoseIdIsTakenAndOneThatIsNotThere() {
        var whereabouts = "; on agent " + agent + " at slave(1)@host:5051 (host)";
        accept(
                convert("", OperationType.RESERVE, reserved("disk", 200)),
                convert("", OperationType.CREATE, volume("v1", 60, false)));

        accept(
                convert("again", OperationType.CREATE, volume("v1", 30, false)),
                convert("nope", OperationType.DESTROY, volume("v2", 60, false)));

        assertThat(statuses())
                .extracting(OperationStatus::message)
                .containsExactly(
                        "Persistence ID 'v1' is not unique" + whereabouts,
                        "Persistent volumes not found" + whereabouts);
    }

    @Test
    void keepsAVolumeThatATaskUses() {
        var offer = play.offer(framework);
        accept(
                convert("", OperationType.RESERVE, reserved("cpus", 1), reserved("disk", 100)),
                convert("", OperationType.CREATE, volume("v1", 60, true)),
                launch(offer, "t", reserved("cpus", 1), volume("v1", 60, true)));

        accept(convert("d", OperationType.DESTROY, volume("v1", 60, true)));

        assertThat(statuses().getFirst().message()).startsWith("Persistent volumes in use; on");
        var key = new TaskKey(framework, new TaskId("t"));
        play.finish(key, TaskState.TASK_FINISHED, 7);
        accept(convert("d", OperationType.DESTROY, volume("v1", 60, true)));
        assertThat(statuses()).isEmpty();
        assertThat(total().kinds()).noneMatch(ResourceKind::isPersistentVolume);
    }

    @Test
    void letsManyTasksUseASharedVolume() {
        var offer = play.offer(framework);

        accept(
                convert("", OperationType.RESERVE, reserved("disk", 100)),
                convert("", OperationType.CREATE, volume("v1", 60, true)),
                launch(offer, "a", Resource.scalar("cpus", 1_000), volume("v1", 60, true)),
                launch(offer, "b", Resource.scalar("cpus", 1_000), volume("v1", 60, true)));

        assertThat(play.cluster().tasks().size()).isEqualTo(2);
        assertThat(play.offer(framework).grant().resources().kinds())
                .contains(volume("v1", 60, true).kind());
    }

    @Test
    void resizesAVolumeForTheNextOffer() {
        var offer = play.offer(framework);
        accept(
                convert("", OperationType.RESERVE, reserved("disk", 100)),
                convert("", OperationType.CREATE, volume("v1", 60, false)));

        accept(
                convert(
                        "g",
                        OperationType.GROW_VOLUME,
                        volume("v1", 60, false),
                        reserved("disk", 30)),
                launch(offer, "t", Resource.scalar("cpus", 1_000), volume("v1", 90, false)));

        assertThat(play.heard(framework)).containsExactly(TaskState.TASK_ERROR);
        assertThat(play.offer(framework).grant().resources().reservedTo(Play.DEV))
                .isEqualTo(Resources.of(reserved("disk", 10), volume("v1", 90, false)));
    }

    @Test
    void tellsTheEndUntilItIsAcknowledged() {
        accept(convert("r", OperationType.RESERVE, reserved("cpus", 1)));
        end(1, OperationState.OPERATION_FINISHED);

        assertThat(statuses())
                .containsExactly(
                        new OperationStatus(
                                new OperationId("r"),
                                OperationState.OPERATION_FINISHED,
                                "",
                                Optional.of(new OperationKey(agent, 1).statusUuid()),
                                Optional.of(agent)));
        assertThat(play.told(agent)).containsExactly(new Word.OperationHeard(1));
        play.pass(Duration.ofSeconds(9));
        assertThat(statuses()).isEmpty();
        play.pass(Duration.ofSeconds(1));
        assertThat(statuses()).hasSize(1);
        play.pass(Duration.ofSeconds(10));
        assertThat(statuses()).isEmpty();
        play.pass(Duration.ofSeconds(10));
        assertThat(statuses()).hasSize(1);

        acknowledge(1, "r");

        assertThat(play.cluster().operations().all()).isEmpty();
        play.pass(Duration.ofHours(1));
        assertThat(statuses()).isEmpty();
    }

    @Test
    void forgetsAnOperationWhoseEndNobodyWaitsFor() {
        accept(convert("", OperationType.RESERVE, reserved("cpus", 1)));

        end(1, OperationState.OPERATION_FINISHED);
        assertThat(statuses()).isEmpty();
        assertThat(play.cluster().operations().all()).isEmpty();

        end(1, OperationState.OPERATION_FINISHED);
        assertThat(play.told(agent)).containsExactly(new Word.OperationHeard(1));
    }

    @Test
    void ordersAgainWhatTheAgentHasNotSeenAndCountsItMeanwhile() {
        accept(convert("r", OperationType.RESERVE, reserved("cpus", 1)));
        var promised = total();
        play.failOver();

        play.greet(Optional.of(agent), able("cpus:4;mem:1024;disk:1000"), 0, new HeldTask[0]);

        assertThat(total()).isEqualTo(promised);
        assertThat(play.told(agent)).anyMatch(Word.Operate.class::isInstance);
        assertThat(play.cluster().durable().toCluster().operations().all()).hasSize(1);
    }

    @Test
    void doesNotBelieveAHelloThatIsOlderThanWhatTheAgentHasDone() {
        accept(convert("r", OperationType.RESERVE, reserved("cpus", 1)));
        var promised = total();
        end(1, OperationState.OPERATION_FINISHED);
        acknowledge(1, "r");

        play.greet(Optional.of(agent), able("cpus:4;mem:1024;disk:1000"), 0, new HeldTask[0]);

        assertThat(total()).isEqualTo(promised);
    }

    @Test
    void believesTheAgentThatHasNotDoneIt() {
        accept(convert("r", OperationType.RESERVE, reserved("cpus", 1)));

        end(1, OperationState.OPERATION_DROPPED);
        assertThat(statuses().getFirst().state()).isEqualTo(OperationState.OPERATION_DROPPED);
        assertThat(play.effects).anyMatch(EndLink.class::isInstance);
        play.greet(Optional.of(agent), able("cpus:4;mem:1024;disk:1000"), 1, new HeldTask[0]);

        assertThat(total()).isEqualTo(Resources.parse("cpus:4;mem:1024;disk:1000"));
    }

    @Test
    void dropsWhatTheAgentHasSeenAndForgotten() {
        accept(convert("r", OperationType.RESERVE, reserved("cpus", 1)));

        play.greet(Optional.of(agent), able("cpus:4;mem:1024;disk:1000"), 1, new HeldTask[0]);

        assertThat(statuses().getFirst().message()).isEqualTo("Operation is unknown to the agent");
    }

    @Test
    void doesWhatAFrameworkWantedThatIsGone() {
        accept(convert("r", OperationType.RESERVE, reserved("cpus", 1)));
        play.put(new Command.Teardown(play.caller(framework)));

        assertThat(play.cluster().operations().all()).hasSize(1);
        end(1, OperationState.OPERATION_FINISHED);

        assertThat(play.cluster().operations().all()).isEmpty();
        assertThat(total().reservedTo(Play.DEV)).isEqualTo(Resources.of(reserved("cpus", 1)));
    }

    @Test
    void answersWhatItIsAsked() {
        accept(convert("r", OperationType.RESERVE, reserved("cpus", 1)));
        var nobody = new AgentId("S999");

        play.put(
                new Command.ReconcileOperations(
                        play.caller(framework),
                        List.of(
                                new OperationQuestion(new OperationId("r"), Optional.empty()),
                                new OperationQuestion(new OperationId("x"), Optional.empty()),
                                new OperationQuestion(new OperationId("y"), Optional.of(agent)),
                                new OperationQuestion(new OperationId("z"), Optional.of(nobody)))));

        assertThat(statuses())
                .extracting(OperationStatus::state)
                .containsExactly(
                        OperationState.OPERATION_PENDING,
                        OperationState.OPERATION_UNKNOWN,
                        OperationState.OPERATION_UNKNOWN,
                        OperationState.OPERATION_UNKNOWN);
        assertThat(statuses())
                .extracting(OperationStatus::message)
                .containsExactly(
                        "",
                        "Reconciliation: Operation is unknown and no 'agent_id' was provided",
                        "Reconciliation: Operation is unknown",
                        "Reconciliation: Both operation and agent are unknown");
    }

    @Test
    void saysThatNobodyKnowsWhileTheAgentIsLost() {
        accept(convert("r", OperationType.RESERVE, reserved("cpus", 1)));

        play.loseForGood(agent);

        assertThat(statuses())
                .extracting(OperationStatus::state)
                .containsExactly(OperationState.OPERATION_UNREACHABLE);
    }

    @Test
    void refusesOperationsOnAnAgentThatDoesNotKnowOfThem() {
        play.unplug(agent);
        agent = play.agent("cpus:4;mem:1024;disk:1000");

        accept(convert("r", OperationType.RESERVE, reserved("cpus", 1)));

        assertThat(statuses().getFirst().message())
                .contains("does not have the required AGENT_OPERATION_FEEDBACK capability");
    }
}
