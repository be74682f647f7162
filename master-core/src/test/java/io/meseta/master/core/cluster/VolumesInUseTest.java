package io.meseta.master.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.cluster.Operation.LaunchGroup;
import io.meseta.master.core.cluster.Operation.Proposal;
import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.master.core.executor.ExecutorSpec;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.operation.OperationStatus;
import io.meseta.master.core.task.Home;
import io.meseta.master.core.task.TaskSpec;
import io.meseta.master.play.Play;
import io.meseta.model.ExecutorId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.Resource;
import io.meseta.model.Resources;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import io.meseta.model.conversion.OperationType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Volumes that somebody uses or was offered while an operation takes them away.
final class VolumesInUseTest extends OperationsScene {

    private static final Resource CPU = Resource.scalar("cpus", 1_000);
    private static final Resource SHARED = volume("v1", 60, true);

    @Test
    void keepsAVolumeThatATaskOfTheSameAcceptUses() {
        createShared();
        var offer = play.offer(framework);

        accept(launch(offer, "t", CPU, SHARED), convert("d", OperationType.DESTROY, SHARED));

        assertInUse();
    }

    @Test
    void keepsAVolumeThatAGroupOfTheSameAcceptUses() {
        createShared();
        var offer = play.offer(framework);

        accept(
                group(offer, Resources.EMPTY, Resources.of(CPU, SHARED)),
                convert("d", OperationType.DESTROY, SHARED));

        assertInUse();
    }

    @Test
    void keepsAVolumeThatAnExecutorOfTheSameAcceptUses() {
        createShared();
        var offer = play.offer(framework);

        accept(
                group(offer, Resources.of(SHARED), Resources.of(CPU)),
                convert("d", OperationType.DESTROY, SHARED));

        assertInUse();
    }

    @Test
    void takesASharedVolumeBackFromOthersWhoWereOfferedIt() {
        createShared();
        var other = play.framework(play.cluster().framework(framework).orElseThrow().profile());
        var offer = play.offer(framework);
        accept(offer, launch(offer, "t", CPU));
        play.finish(new TaskKey(framework, new TaskId("t")), TaskState.TASK_FINISHED, 7);
        assertThat(wasOffered(framework)).isTrue();
        assertThat(wasOffered(other)).isTrue();

        accept(convert("", OperationType.DESTROY, SHARED));

        assertThat(play.told(other)).filteredOn(News.Rescinded.class::isInstance).hasSize(1);
        assertThat(play.told(framework)).noneMatch(News.Rescinded.class::isInstance);
        assertThat(statuses()).isEmpty();
    }

    @Test
    void leavesOffersAloneThatDoNotHoldTheVolume() {
        createShared();
        var profile = play.cluster().framework(framework).orElseThrow().profile();
        var plain = play.framework(Play.profile(Duration.ofMinutes(1)));
        var offer = play.offer(framework);
        accept(offer, launch(offer, "t", CPU));
        play.finish(new TaskKey(framework, new TaskId("t")), TaskState.TASK_FINISHED, 7);
        assertThat(profile.roles()).containsExactly(Play.DEV);
        assertThat(wasOffered(framework)).isTrue();
        assertThat(play.offersOf(plain)).isNotEmpty();
        assertThat(wasOffered(plain)).isFalse();

        accept(convert("", OperationType.DESTROY, SHARED));

        assertThat(play.told(plain)).noneMatch(News.Rescinded.class::isInstance);
    }

    @Test
    void takesTwoOffersOfOneAgentTogether() {
        createShared();
        var offer = play.offer(framework);
        accept(offer, launch(offer, "t", CPU));
        play.finish(new TaskKey(framework, new TaskId("t")), TaskState.TASK_FINISHED, 7);
        var both = play.offersOf(framework);
        assertThat(both).hasSize(2);

        play.put(
                new Command.Accept(
                        play.caller(framework),
                        both.stream().map(Offer::id).toList(),
                        List.of(
                                launch(
                                        both.getFirst(),
                                        "all",
                                        Resource.scalar("cpus", 4_000),
                                        SHARED)),
                        Duration.ZERO));

        assertThat(play.cluster().tasks().of(framework)).hasSize(1);
    }

    private void createShared() {
        accept(
                convert("", OperationType.RESERVE, reserved("disk", 100)),
                convert("", OperationType.CREATE, SHARED));
    }

    private boolean wasOffered(FrameworkId who) {
        return play.offersOf(who).stream()
                .anyMatch(offer -> offer.grant().resources().kinds().contains(SHARED.kind()));
    }

    private void assertInUse() {
        assertThat(play.cluster().tasks().size()).isEqualTo(1);
        assertThat(statuses())
                .singleElement()
                .extracting(OperationStatus::message)
                .asString()
                .startsWith("Persistent volumes in use");
        assertThat(total().kinds()).contains(SHARED.kind());
    }

    private static LaunchGroup group(Offer offer, Resources executor, Resources task) {
        var spec = new ExecutorSpec(new ExecutorId("e"), executor, Opaque.EMPTY);
        var home = new Home.In(spec.id(), true);
        var member = new TaskSpec(new TaskId("t"), "t", Play.DEV, task, Opaque.EMPTY, home);
        return new LaunchGroup(spec, List.of(new Proposal.Wellformed(member, offer.agent())));
    }
}
