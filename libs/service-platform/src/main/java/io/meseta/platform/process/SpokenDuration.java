package io.meseta.platform.process;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A time span as Mesos' queries have it: `1secs`, `1.5hrs`.
public sealed interface SpokenDuration {

    /// No time span that anything can hold has more.
    int DIGITS_MAX = 60;

    /// At most what a count of nanoseconds can hold.
    record Understood(Duration duration) implements SpokenDuration {}

    /// @param why in Mesos' words, without a full stop
    record Unclear(String why) implements SpokenDuration {}

    private static Map<String, Long> nanosPerUnit() {
        return Map.of(
                "ns", 1L,
                "us", 1_000L,
                "ms", 1_000_000L,
                "secs", 1_000_000_000L,
                "mins", 60_000_000_000L,
                "hrs", 3_600_000_000_000L,
                "days", 86_400_000_000_000L,
                "weeks", 604_800_000_000_000L);
    }

    /// Reads one.
    static SpokenDuration read(String text) {
        int end = 0;
        while (end < text.length() && isOfNumber(text.charAt(end))) end++;
        if (end == text.length()) return new Unclear("Invalid duration '" + text + "'");
        var digits = text.substring(0, end);
        var number = number(digits);
        if (number.isEmpty()) return new Unclear("Failed to convert '" + digits + "' to number");
        var unit = text.substring(end);
        var nanos = nanosPerUnit().get(unit);
        if (nanos == null) return new Unclear("Unknown duration unit '" + unit + "'");
        var all = number.get().multiply(BigDecimal.valueOf(nanos));
        var most = BigDecimal.valueOf(Long.MAX_VALUE);
        return all.compareTo(most) > 0
                ? new Unclear("Argument larger than the maximum number that a duration can hold")
                : new Understood(
                        Duration.ofNanos(all.setScale(0, RoundingMode.DOWN).longValueExact()));
    }

    private static Optional<BigDecimal> number(String digits) {
        try {
            return digits.length() > DIGITS_MAX
                    ? Optional.empty()
                    : Optional.of(new BigDecimal(digits));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static boolean isOfNumber(char letter) {
        return (letter >= '0' && letter <= '9') || letter == '.';
    }
}
