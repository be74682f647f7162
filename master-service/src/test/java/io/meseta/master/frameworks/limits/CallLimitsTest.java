package io.meseta.master.frameworks.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.model.Principal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CallLimitsTest {

    private static final String LIMITS =
            """
            {"limits":[{"principal":"slow","qps":2,"capacity":3},{"principal":"free"},
            {"principal":"slower","qps":0.01}],
            "aggregate_default_qps":1,"aggregate_default_capacity":1}
            """;

    private static final Optional<Principal> SLOW = Optional.of(new Principal("slow"));

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final List<Duration> waits = new ArrayList<>();

    /// Nobody moves the clock while they wait: as if all had come at once.
    private final CallLimits limits =
            new CallLimits(LimitReading.read(LIMITS), nanos::get, waits::add);

    @Test
    void letsCallsThroughNoFasterThanTheyMay() throws InterruptedException {
        for (int i = 0; i < 3; i++) assertThat(limits.enter(SLOW, "KILL")).isEmpty();

        assertThat(waits).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1));
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(limits.enter(SLOW, "KILL")).isEmpty();
        assertThat(waits).hasSize(2);
    }

    @Test
    void dropsWhatIsMoreThanMayWait() throws InterruptedException {
        var inside = new ArrayList<Optional<String>>();
        var nested = new CallLimits[] {null};
        nested[0] =
                new CallLimits(
                        LimitReading.read(LIMITS),
                        nanos::get,
                        _ -> inside.add(nested[0].enter(SLOW, "ACCEPT")));

        for (int i = 0; i < 2; i++) assertThat(nested[0].enter(SLOW, "KILL")).isEmpty();

        assertThat(inside).contains(Optional.of("Message ACCEPT dropped: capacity(3) exceeded"));
        assertThat(nested[0].enter(Optional.of(new Principal("free")), "KILL")).isEmpty();
    }

    @Test
    void limitsOnlyThoseWhoAreNamedAndAllOthersTogether() throws InterruptedException {
        for (int i = 0; i < 100; i++)
            assertThat(limits.enter(Optional.of(new Principal("free")), "KILL")).isEmpty();
        assertThat(waits).isEmpty();

        limits.enter(Optional.of(new Principal("anyone")), "KILL");
        limits.enter(Optional.empty(), "KILL");

        assertThat(waits).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void letsNobodyWaitForLongerThanAnyoneListens() throws InterruptedException {
        var slower = Optional.of(new Principal("slower"));
        assertThat(limits.enter(slower, "KILL")).isEmpty();

        assertThat(limits.enter(slower, "KILL"))
                .contains("Message KILL dropped: it would wait for 100 seconds");
    }

    @Test
    void countsWhatCameAndWhatWasDealtWith() throws InterruptedException {
        limits.enter(SLOW, "KILL");
        limits.enter(SLOW, "KILL");
        limits.processed(SLOW);

        var traffic = limits.of(new Principal("slow")).orElseThrow();
        assertThat(traffic.received()).isEqualTo(2);
        assertThat(traffic.processed()).isEqualTo(1);
    }

    @Test
    void readsAFile(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("limits.json"), LIMITS);

        assertThat(LimitReading.read("file://" + file)).isEqualTo(LimitReading.read(LIMITS));
        assertThat(LimitReading.read(file.toString()).byPrincipal()).hasSize(3);
        assertThat(LimitReading.read(" ")).isEqualTo(LimitReading.Limits.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"limits\":[{\"principal\":\"a\"},{\"principal\":\"a\"}]}|Duplicate principal a"
                        + " found in RateLimits configuration",
                "{\"limits\":[{\"principal\":\"a\",\"qps\":0}]}|Invalid qps: 0.0. It must be a"
                        + " positive number",
                "{\"aggregate_default_qps\":-1}|Invalid aggregate_default_qps: -1.0. It must be a"
                        + " positive number",
            })
    void refusesLimitsThatMakeNoSense(String json, String complaint) {
        assertThatThrownBy(() -> LimitReading.read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(complaint);
    }
}
