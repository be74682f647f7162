package io.meseta.platform.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.platform.TestApplication;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A service as its own process, as whoever starts it meets it.
final class ServiceStartIT {

    @Test
    void saysInOneLineWhatItNeedsAndExitsWithTwo() throws Exception {
        var process = start("--server.port=0");

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(textOf(process)).matches("To tell callers apart, .*--meseta.open=true\\.\\n");
    }

    @Test
    void stopsInOrderWhenItIsAskedTo() throws Exception {
        var process = start("--server.port=0", "--meseta.open=true");
        var out = process.inputReader();
        while (!out.readLine().contains("OPEN MODE")) {
            assertThat(process.isAlive()).isTrue();
        }

        // Not process.destroy(), which closes the streams as well.
        process.toHandle().destroy();

        assertThat(out.lines().anyMatch(line -> line.contains("Graceful shutdown complete")))
                .isTrue();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(128 + 15);
    }

    private static Process start(String... settings) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command =
                new ArrayList<>(
                        List.of(
                                java,
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                TestApplication.class.getName()));
        command.addAll(List.of(settings));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String textOf(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
