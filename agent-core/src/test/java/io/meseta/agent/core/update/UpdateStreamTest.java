package io.meseta.agent.core.update;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.model.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UpdateStreamTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void doublesItsPausesFromTenSecondsToTenMinutes() {
        var stream = UpdateStream.empty().with(update(TaskState.TASK_RUNNING));
        var pauses = new ArrayList<Duration>();
        for (int i = 0; i < 9; i++) {
            stream = stream.sent(START);
            pauses.add(Duration.between(START, stream.resendAt()));
        }

        assertThat(pauses.stream().map(Duration::toSeconds))
                .containsExactly(10L, 20L, 40L, 80L, 160L, 320L, 600L, 600L, 600L);
    }

    @Test
    void holdsBackALaterUpdateUntilTheEarlierOneIsAcknowledged() {
        var first = update(TaskState.TASK_STARTING);
        var second = update(TaskState.TASK_RUNNING);
        var stream = UpdateStream.empty().with(first).sent(START).with(second);

        assertThat(stream.outstanding()).contains(first);
        assertThat(stream.isDue(START.plusSeconds(9))).isFalse();
        assertThat(stream.acknowledged().outstanding()).contains(second);
        assertThat(stream.acknowledged().isDue(START)).isTrue();
    }

    @Test
    void isNotDueWhenEmpty() {
        assertThat(UpdateStream.empty().isDue(START)).isFalse();
    }

    private static StatusUpdate update(TaskState state) {
        return new StatusUpdate(new UUID(state.hashCode(), 1), START, state, Cause.plain());
    }
}
