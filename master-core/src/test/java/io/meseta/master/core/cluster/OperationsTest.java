package io.meseta.master.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.cluster.effect.Effect.Word;
import io.meseta.master.core.operation.OperationStatus;
import io.meseta.master.play.Play;
import io.meseta.model.OperationId;
import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import io.meseta.model.conversion.OperationType;
import org.junit.jupiter.api.Test;

final class OperationsTest extends OperationsScene {

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
    void refusesOperationsOnAnAgentThatDoesNotKnowOfThem() {
        play.unplug(agent);
        agent = play.agent("cpus:4;mem:1024;disk:1000");

        accept(convert("r", OperationType.RESERVE, reserved("cpus", 1)));

        assertThat(statuses().getFirst().message())
                .contains("does not have the required AGENT_OPERATION_FEEDBACK capability");
    }
}
