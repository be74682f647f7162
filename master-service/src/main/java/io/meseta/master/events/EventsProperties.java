package io.meseta.master.events;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Limits on the streams that tell what changes: ours, and Mesos' for operators.
///
/// @param streamsMax how many of ours may be open; more are refused
/// @param subscribersMax how many of Mesos' may be open; for more, the oldest is ended, as by Mesos
/// @param beatInterval how long a reader of ours hears nothing at most
/// @param gatherMax for how long changes are put together before they are told
/// @param recentMax how many changes are kept for readers who come back
/// @param recentSize the same, in bytes
/// @param retoldMax how many entries of the journal are told again to operators who bring a number
///   from before that
/// @param outboxMax what may wait for one reader
/// @param stallMax how long a reader may take nothing of what waits
@ConfigurationProperties("meseta.master.events")
public record EventsProperties(
        @DefaultValue("1000") int streamsMax,
        @DefaultValue("1000") int subscribersMax,
        @DefaultValue("2s") Duration beatInterval,
        @DefaultValue("50ms") Duration gatherMax,
        @DefaultValue("4096") int recentMax,
        @DefaultValue("64MB") DataSize recentSize,
        @DefaultValue("50000") long retoldMax,
        @DefaultValue("8MB") DataSize outboxMax,
        @DefaultValue("30s") Duration stallMax) {

    private static final Duration BEAT_MIN = Duration.ofMillis(200);
    private static final Duration GATHER_MAX = Duration.ofSeconds(1);

    public EventsProperties {
        check(streamsMax > 0 && subscribersMax > 0, "streams-max and subscribers-max", "positive");
        check(beatInterval.compareTo(BEAT_MIN) >= 0, "beat-interval", "at least 200ms");
        check(
                !gatherMax.isNegative() && gatherMax.compareTo(GATHER_MAX) <= 0,
                "gather-max",
                "0 to 1s");
        check(recentMax > 0 && recentSize.toBytes() > 0, "recent-max and recent-size", "positive");
        check(retoldMax >= 0, "retold-max", "positive, or 0 for none");
        check(
                outboxMax.toBytes() > 0 && outboxMax.toBytes() <= Integer.MAX_VALUE,
                "outbox-max",
                "1B to 2GB");
        check(stallMax.isPositive(), "stall-max", "positive");
    }

    private static void check(boolean holds, String names, String what) {
        if (!holds)
            throw new IllegalArgumentException(
                    "meseta.master.events." + names + " must be " + what);
    }

    /// What is told again of the journal.
    public Retelling.Bounds retelling() {
        return new Retelling.Bounds(retoldMax, recentSize.toBytes());
    }

    BroadcastLimits limits() {
        return limits(beatInterval, gatherMax);
    }

    /// The same for a stream with a rhythm of its own.
    public BroadcastLimits limits(Duration beat, Duration gather) {
        return new BroadcastLimits(
                beat, gather, recentMax, recentSize.toBytes(), (int) outboxMax.toBytes(), stallMax);
    }
}
