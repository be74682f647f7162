package io.meseta.images.registry;

import io.meseta.images.reference.ImageFault;
import io.meseta.images.reference.ImageFault.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// How often to try again, and how long to wait before: twice as long each time, with chance, so
/// that a thousand agents do not come back at once; or as long as the registry asks.
final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final Duration ASKED_MAX = Duration.ofMinutes(2);

    private final int attemptsMax;
    private final Pause pause;
    private final InstantSource clock;
    private final RandomGenerator chance;

    Backoff(int attemptsMax, Pause pause, InstantSource clock, RandomGenerator chance) {
        this.attemptsMax = attemptsMax;
        this.pause = pause;
        this.clock = clock;
        this.chance = chance;
    }

    /// Waits.
    @FunctionalInterface
    interface Pause {
        void take(Duration length) throws InterruptedException;
    }

    /// One try.
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws IOException, InterruptedException;
    }

    /// A try that failed in a way that may pass.
    static final class Passing extends IOException {

        private final @Nullable Duration asked;

        /// @param asked how long the registry wants us to wait; null if it does not say
        Passing(String message, @Nullable Duration asked) {
            super(message);
            this.asked = asked;
        }
    }

    /// Tries until it works, fails for good, or has been tried often enough. `what` completes the
    /// sentence "could not …".
    <T> T retry(String what, Attempt<T> attempt) {
        for (int tried = 1; ; tried++) {
            try {
                try {
                    return attempt.run();
                } catch (IOException failed) {
                    if (tried >= attemptsMax) throw spent(what, tried, failed);
                    pause.take(wait(tried, failed));
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new ImageFault(Kind.CANCELLED, "stopped to " + what, interrupted);
            }
        }
    }

    private static ImageFault spent(String what, int tried, IOException failed) {
        var why =
                failed.getMessage() == null
                        ? failed.getClass().getSimpleName()
                        : failed.getMessage();
        return new ImageFault(
                Kind.UNREACHABLE,
                "could not %s in %d attempts: %s".formatted(what, tried, why),
                failed);
    }

    private Duration wait(int tried, IOException failed) {
        if (failed instanceof Passing passing && passing.asked != null) {
            return passing.asked.compareTo(ASKED_MAX) < 0 ? passing.asked : ASKED_MAX;
        }
        long most = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(tried - 1, 20));
        return Duration.ofMillis(most / 2 + chance.nextLong(most / 2 + 1));
    }

    /// `Retry-After`: seconds, or a date.
    Optional<Duration> asked(Answer answer) {
        return answer.header("Retry-After").flatMap(this::parse);
    }

    private Optional<Duration> parse(String text) {
        if (text.length() < 10 && text.chars().allMatch(Character::isDigit) && !text.isEmpty()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            var until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            var wait = Duration.between(clock.instant(), until);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
