package io.meseta.testkit.walls.breaches.danger;

import java.time.Instant;
import org.mockito.Mock;

/// Planted: a test that waits for nothing, asks the clock, and uses a mock.
final class SleepyTest {

    private final Mock mock = new Mock();

    Instant dozes() throws InterruptedException {
        Thread.sleep(1);
        return mock == null ? Instant.MIN : Instant.now();
    }
}
