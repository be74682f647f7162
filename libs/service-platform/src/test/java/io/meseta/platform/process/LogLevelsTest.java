package io.meseta.platform.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.testkit.Await;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

final class LogLevelsTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final LoggingSystem logging = LoggingSystem.get(LogLevelsTest.class.getClassLoader());
    private final LogLevels levels = new LogLevels(logging);

    @BeforeEach
    void configure() {
        logging.setLogLevel("io.meseta", LogLevel.ERROR);
    }

    @AfterEach
    void stop() {
        levels.close();
        logging.setLogLevel("io.meseta", null);
    }

    @Test
    void logsMoreForATimeAndThenAsConfigured() {
        levels.set(2, LONG);
        assertThat(levels.level()).isEqualTo(2);
        assertThat(configured()).isEqualTo(LogLevel.TRACE);

        levels.set(9, Duration.ofMillis(1));

        Await.shortly().until("it is over", () -> levels.level() == 0);
        assertThat(configured()).isEqualTo(LogLevel.ERROR);
    }

    @Test
    void keepsToTheLatestWish() {
        levels.set(1, Duration.ofMillis(50));
        levels.set(1, LONG);
        levels.set(2, LONG);

        levels.set(1, LONG);

        assertThat(configured()).isEqualTo(LogLevel.DEBUG);
        levels.set(0, LONG);
        assertThat(configured()).isEqualTo(LogLevel.ERROR);
    }

    private LogLevel configured() {
        var configuration = Objects.requireNonNull(logging.getLoggerConfiguration("io.meseta"));
        return Objects.requireNonNull(configuration.getConfiguredLevel());
    }
}
