package io.meseta.platform.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LogToggleTest {

    @Test
    void showsTheLevelToWhoeverAsksForNothingElse() {
        assertThat(LogToggle.read(Optional.empty(), Optional.empty()))
                .isEqualTo(new LogToggle.Show());
    }

    @Test
    void wantsBothOrNeither() {
        assertThat(LogToggle.read(Optional.of("1"), Optional.empty()))
                .isEqualTo(new LogToggle.Mistaken("Expecting 'duration=value' in query.\n"));
        assertThat(LogToggle.read(Optional.empty(), Optional.of("1secs")))
                .isEqualTo(new LogToggle.Mistaken("Expecting 'level=value' in query.\n"));
    }

    @ParameterizedTest
    @CsvSource({"1secs,1000000000", "1.5ms,1500000", "0ns,0", "1weeks,604800000000000"})
    void understandsTimeSpans(String text, long nanos) {
        assertThat(LogToggle.read(Optional.of("3"), Optional.of(text)))
                .isEqualTo(new LogToggle.Change(3, Duration.ofNanos(nanos)));
    }

    @ParameterizedTest
    @CsvSource({
        "x,1secs,Failed to convert 'x' to number.",
        "99999999999,1secs,Failed to convert '99999999999' to number.",
        "-1,1secs,Invalid level '-1'.",
        "1,secs,Failed to convert '' to number.",
        "1,1.2.3secs,Failed to convert '1.2.3' to number.",
        "1,-1secs,Failed to convert '' to number.",
        "1,7,Invalid duration '7'",
        "1,7eons,Unknown duration unit 'eons'."
    })
    void saysWhatIsWrong(String level, String duration, String text) {
        var read = LogToggle.read(Optional.of(level), Optional.of(duration));

        assertThat(read).isInstanceOf(LogToggle.Mistaken.class);
        assertThat(((LogToggle.Mistaken) read).text()).startsWith(text).endsWith(".\n");
    }

    @Test
    void refusesTimeSpansThatNothingCanHold() {
        assertThat(LogToggle.read(Optional.of("1"), Optional.of("9".repeat(40) + "weeks")))
                .isInstanceOf(LogToggle.Mistaken.class);
        assertThat(LogToggle.read(Optional.of("1"), Optional.of("9".repeat(4_000) + "weeks")))
                .isInstanceOf(LogToggle.Mistaken.class);
    }
}
