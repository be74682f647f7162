package io.meseta.master.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.v1.master.Call;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class MachineReadingTest {

    @Test
    void readsAGraceAsItIsSaid() throws Unacceptable {
        assertThat(MachineReading.grace(drain(5, 7))).contains(Duration.ofSeconds(5, 7));
        assertThat(MachineReading.grace(Call.DrainAgent.getDefaultInstance())).isEmpty();
    }

    @Test
    void waitsNoLongerThanAnybodyWould() throws Unacceptable {
        assertThat(MachineReading.grace(drain(Long.MAX_VALUE, 1_000_000_000)))
                .contains(Duration.ofDays(100_000));
    }

    @Test
    void refusesANegativeGrace() {
        assertThatThrownBy(() -> MachineReading.grace(drain(-1, 0)))
                .isInstanceOf(Unacceptable.class)
                .hasMessage("Expecting 'max_grace_period' to be non-negative");
    }

    private static Call.DrainAgent drain(long seconds, int nanos) {
        var drain = Call.DrainAgent.newBuilder();
        drain.getMaxGracePeriodBuilder().setSeconds(seconds).setNanos(nanos);
        return drain.buildPartial();
    }
}
