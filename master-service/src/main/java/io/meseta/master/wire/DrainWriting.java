package io.meseta.master.wire;

import io.meseta.master.core.upkeep.Drain;
import io.meseta.mesos.v1.DrainConfig;
import io.meseta.mesos.v1.DrainInfo;
import io.meseta.mesos.v1.DrainState;
import io.meseta.mesos.v1.DurationInfo;
import io.meseta.mesos.v1.TimeInfo;
import java.time.Duration;

/// Writes how far the emptying of an agent has come.
public final class DrainWriting {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /// What the wire can say; longer than any machine runs.
    private static final Duration GRACE_MAX = Duration.ofNanos(Long.MAX_VALUE);

    private DrainWriting() {}

    public static DrainInfo write(Drain drain) {
        var config = DrainConfig.newBuilder().setMarkGone(drain.marksGone());
        drain.graceMax()
                .map(grace -> grace.compareTo(GRACE_MAX) > 0 ? GRACE_MAX : grace)
                .map(grace -> DurationInfo.newBuilder().setNanoseconds(grace.toNanos()))
                .ifPresent(config::setMaxGracePeriod);
        return DrainInfo.newBuilder()
                .setState(drain.isDone() ? DrainState.DRAINED : DrainState.DRAINING)
                .setConfig(config)
                .build();
    }

    /// When it began, to the second, as Mesos has it.
    public static TimeInfo since(Drain drain) {
        return TimeInfo.newBuilder()
                .setNanoseconds(drain.since().getEpochSecond() * NANOS_PER_SECOND)
                .build();
    }
}
