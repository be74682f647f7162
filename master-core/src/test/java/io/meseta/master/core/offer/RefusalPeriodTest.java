package io.meseta.master.core.offer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RefusalPeriodTest {

    @Test
    void isFiveSecondsWhereNothingIsSaid() {
        assertThat(RefusalPeriod.ofWire(OptionalDouble.empty())).hasSeconds(5);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.25, 250",
        "3600, 3600000",
        "31535999.5, 31535999500",
        "31536000, 31536000000",
        "1e300, 31536000000",
        "Infinity, 31536000000",
        "-0.001, 5000",
        "-Infinity, 5000",
        "NaN, 5000"
    })
    void isWhatIsSaidIfThatIsATimeAndAYearAtMost(double said, long millis) {
        assertThat(RefusalPeriod.ofWire(OptionalDouble.of(said)))
                .isEqualTo(Duration.ofMillis(millis));
    }
}
