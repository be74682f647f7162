package io.meseta.master.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.play.Play;
import io.meseta.model.Opaque;
import io.meseta.model.TaskState;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pcollections.TreePVector;

final class StatusTrailTest {

    private static final Status STARTING = Play.status(TaskState.TASK_STARTING, 1);
    private static final Status RUNNING = Play.status(TaskState.TASK_RUNNING, 2);

    @Test
    void keepsTheNewestOfATaskThatFlaps() {
        var trail = StatusTrail.EMPTY;
        for (int i = 0; i < StatusTrail.CHANGES_MAX; i++) trail = trail.received(flap(i));
        assertThat(trail.changes()).hasSize(StatusTrail.CHANGES_MAX).startsWith(flap(0));

        trail = trail.received(flap(StatusTrail.CHANGES_MAX));

        assertThat(trail.changes())
                .hasSize(StatusTrail.CHANGES_MAX)
                .startsWith(flap(1))
                .endsWith(flap(StatusTrail.CHANGES_MAX));
    }

    private static Status flap(int number) {
        return Play.status(
                number % 2 == 0 ? TaskState.TASK_RUNNING : TaskState.TASK_STARTING, number);
    }

    @Test
    void putsARepetitionInThePlaceOfWhatItRepeats() {
        var again = Play.status(TaskState.TASK_RUNNING, 3);

        var trail = StatusTrail.EMPTY.received(STARTING).received(RUNNING).received(again);

        assertThat(trail.changes()).containsExactly(STARTING, again);
    }

    @Test
    void waitsForAReceiptOfTheNewestThatWantsOne() {
        var unreceipted = byMaster(TaskState.TASK_UNREACHABLE);
        var changes = TreePVector.singleton(STARTING).plus(RUNNING).plus(unreceipted);

        assertThat(StatusTrail.of(changes).pending()).contains(RUNNING);
        assertThat(StatusTrail.of(TreePVector.singleton(STARTING)).pending()).contains(STARTING);
        assertThat(StatusTrail.of(TreePVector.singleton(unreceipted)).pending()).isEmpty();
        assertThat(StatusTrail.of(changes).settled().acknowledged()).contains(Play.uuid(2));
        assertThat(StatusTrail.of(changes).settled().pending()).isEmpty();
    }

    @Test
    void knowsWhichStatusesArePast() {
        var trail =
                StatusTrail.EMPTY
                        .received(STARTING)
                        .acknowledged(Play.uuid(1))
                        .received(Play.status(TaskState.TASK_STARTING, 4))
                        .received(RUNNING);

        assertThat(trail.isPast(Play.uuid(2))).as("it is waited for").isFalse();
        assertThat(trail.isPast(Play.uuid(1))).as("acknowledged last").isTrue();
        assertThat(trail.isPast(Play.uuid(4))).as("another has come after it").isTrue();
        assertThat(trail.isPast(new UUID(9, 9))).as("nobody knows it").isFalse();
    }

    @Test
    void saysWhatTheFrameworkWasToldLast() {
        assertThat(StatusTrail.EMPTY.told()).isEqualTo(TaskState.TASK_STAGING);
        assertThat(StatusTrail.EMPTY.received(RUNNING).told()).isEqualTo(TaskState.TASK_RUNNING);
    }

    private static Status byMaster(TaskState state) {
        var origin = RUNNING.origin();
        return new Status(state, origin, "", Optional.empty(), Opaque.EMPTY);
    }
}
