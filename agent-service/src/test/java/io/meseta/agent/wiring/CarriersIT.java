package io.meseta.agent.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Work that keeps the thread beneath keeps nobody else from running.
@Timeout(60)
final class CarriersIT {

    @TempDir private Path directory;

    @Test
    void areMoreThanProcessors() throws Exception {
        var pipe = directory.resolve("pipe");
        assertThat(run("mkfifo", pipe.toString())).isEmpty();
        var java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        var classPath = System.getProperty("java.class.path");

        assertThat(run(java, "-cp", classPath, Busy.class.getName(), pipe.toString()))
                .isEqualTo("another one runs\n");
    }

    private static String run(String... command) throws Exception {
        var process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return new String(process.getInputStream().readAllBytes(), UTF_8);
        } finally {
            process.destroyForcibly();
        }
    }

    /// Has more reads of a silent pipe at once than there are processors.
    static final class Busy {

        private static final Duration PATIENCE = Duration.ofSeconds(20);

        private Busy() {}

        public static void main(String... arguments) throws InterruptedException {
            Carriers.provide();
            int many = Runtime.getRuntime().availableProcessors() + 2;
            Stream.generate(() -> Thread.ofVirtual().unstarted(() -> read(arguments[0])))
                    .limit(many)
                    .forEach(Thread::start);
            var other = Thread.startVirtualThread(() -> {});
            System.out.println(other.join(PATIENCE) ? "another one runs" : "all wait");
            System.exit(0);
        }

        private static void read(String pipe) {
            try (var file = new RandomAccessFile(pipe, "rw")) {
                throw new IllegalStateException("it was told " + file.read());
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
