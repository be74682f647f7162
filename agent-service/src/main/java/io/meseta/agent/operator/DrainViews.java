package io.meseta.agent.operator;

import io.meseta.agent.core.machine.Drain;
import io.meseta.mesos.v1.DrainConfig;
import io.meseta.mesos.v1.DurationInfo;
import io.meseta.mesos.v1.TimeInfo;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// How a drain of this agent is shown.
final class DrainViews {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /// What the wire can say; longer than any machine runs.
    private static final Duration GRACE_MAX = Duration.ofNanos(Long.MAX_VALUE);

    private DrainViews() {}

    static DrainConfig config(Drain drain) {
        var config = DrainConfig.newBuilder().setMarkGone(drain.marksGone());
        drain.graceMax()
                .ifPresent(grace ->
                        config.setMaxGracePeriod(
                                DurationInfo.newBuilder().setNanoseconds(nanos(grace))));
        return config.build();
    }

    /// The same in the older endpoints.
    static Map<String, Object> map(Drain drain) {
        var config = new LinkedHashMap<String, Object>();
        drain.graceMax()
                .ifPresent(grace ->
                        config.put("max_grace_period", Map.of("nanoseconds", nanos(grace))));
        config.put("mark_gone", drain.marksGone());
        return config;
    }

    /// When it began, to the second, as Mesos has it.
    static TimeInfo since(Drain drain) {
        return TimeInfo.newBuilder()
                .setNanoseconds(drain.since().getEpochSecond() * NANOS_PER_SECOND)
                .build();
    }

    private static long nanos(Duration grace) {
        return grace.compareTo(GRACE_MAX) > 0 ? GRACE_MAX.toNanos() : grace.toNanos();
    }
}
