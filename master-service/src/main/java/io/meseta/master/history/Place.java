package io.meseta.master.history;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where something is in the order of the history, and with that where the next page begins.
///
/// @param at when it began, to the microsecond
/// @param framework its id, or its task's framework's
/// @param task empty for a framework
/// @param order of the launch; 0 for a framework
record Place(Instant at, String framework, String task, long order) {

    /// As the tables have it: texts byte by byte.
    static final Comparator<Place> OLDEST_FIRST =
            Comparator.comparing(Place::at)
                    .thenComparing(Place::framework, Place::byBytes)
                    .thenComparing(Place::task, Place::byBytes)
                    .thenComparingLong(Place::order);

    /// Longer than any that is given out.
    private static final int TEXT_MAX = 2_000;

    private static final Pattern TEXT =
            Pattern.compile(
                    "(-?\\d{1,13})\\.(\\d{6})\\.(\\d{1,19})\\.([^/]*)/(.*)", Pattern.DOTALL);

    private static final int NANOS_PER_MICRO = 1_000;

    Place {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    private static int byBytes(String one, String other) {
        return Arrays.compareUnsigned(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /// For a URL. It means nothing to anybody but this class.
    String text() {
        var plain =
                "%d.%06d.%d.%s/%s"
                        .formatted(
                                at.getEpochSecond(),
                                at.getNano() / NANOS_PER_MICRO,
                                order,
                                framework,
                                task);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /// Empty if it was not made here.
    static Optional<Place> of(String text) {
        if (text.length() > TEXT_MAX) return Optional.empty();
        try {
            var plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            var parts = TEXT.matcher(plain);
            if (!parts.matches()) return Optional.empty();
            var at =
                    Instant.ofEpochSecond(
                            Long.parseLong(parts.group(1)),
                            Long.parseLong(parts.group(2)) * NANOS_PER_MICRO);
            return Optional.of(
                    new Place(at, parts.group(4), parts.group(5), Long.parseLong(parts.group(3))));
        } catch (IllegalArgumentException | DateTimeException _) {
            return Optional.empty();
        }
    }
}
