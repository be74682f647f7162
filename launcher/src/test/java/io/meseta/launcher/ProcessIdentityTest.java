package io.meseta.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ProcessIdentityTest {

    @Test
    void endsTheProcessItNamesAndNoOtherOfThatNumber() throws IOException, InterruptedException {
        var process = new ProcessBuilder("sleep", "60").start();
        try {
            var itself = ProcessIdentity.of(process);
            var stranger = new ProcessIdentity(process.pid(), "an earlier start");

            stranger.kill();
            assertThat(stranger.isAlive()).isFalse();
            assertThat(process.waitFor(100, TimeUnit.MILLISECONDS)).isFalse();

            assertThat(itself.end(Duration.ofSeconds(10))).isTrue();
            assertThat(itself.isAlive()).isFalse();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void makesAnEndOfWhoeverDoesNotListen() throws IOException {
        var process =
                new ProcessBuilder(
                                "sh", "-c", "trap '' TERM; echo ready; while :; do sleep 0.1; done")
                        .start();
        try {
            process.getInputStream().read();
            var deaf = ProcessIdentity.of(process);

            assertThat(deaf.end(Duration.ofMillis(300))).isFalse();
            assertThat(deaf.isAlive()).isFalse();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void knowsItselfByTheSameNameTwice() {
        assertThat(ProcessIdentity.ourselves()).isEqualTo(ProcessIdentity.ourselves());
        assertThat(ProcessIdentity.ourselves().isAlive()).isTrue();
        assertThat(ProcessIdentity.of(Long.MAX_VALUE)).isEmpty();
    }
}
