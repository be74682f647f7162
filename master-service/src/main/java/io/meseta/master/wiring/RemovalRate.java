package io.meseta.master.wiring;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/// How many agents may be given up in which time, in the words of Mesos' flag: `1/10mins`.
final class RemovalRate {

    private static final Pattern TEXT =
            Pattern.compile("([1-9][0-9]{0,6})/([1-9][0-9]{0,6})(ms|secs|mins|hrs|days|weeks)");

    private static final Map<String, Duration> UNITS =
            Map.of(
                    "ms", Duration.ofMillis(1),
                    "secs", Duration.ofSeconds(1),
                    "mins", Duration.ofMinutes(1),
                    "hrs", Duration.ofHours(1),
                    "days", Duration.ofDays(1),
                    "weeks", Duration.ofDays(7));

    private RemovalRate() {}

    /// The time from one agent to the next; none for no limit. Like Mesos' limiter, it spreads them
    /// evenly.
    static Duration pause(String limit) {
        if (limit.isEmpty()) return Duration.ZERO;
        var matcher = TEXT.matcher(limit);
        if (!matcher.matches())
            throw new IllegalArgumentException(
                    "meseta.master.terms.agent-removal-rate-limit is not like 1/10mins: " + limit);
        var time =
                UNITS.getOrDefault(matcher.group(3), Duration.ZERO)
                        .multipliedBy(Long.parseLong(matcher.group(2)));
        return time.dividedBy(Long.parseLong(matcher.group(1)));
    }
}
