package io.meseta.endtoend.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nothing that a cluster leaves behind escapes the check for it.
final class TracesTest {

    @TempDir private Path directory;
    @TempDir private Path elsewhere;

    @Test
    void findsWhatIsInTheDirectory() {
        checkFound(List.of("sleep", "600"), new Program.Place(directory, Map.of()));
    }

    @Test
    void findsWhatNamesTheDirectory() throws Exception {
        var file = Files.createFile(directory.resolve("file"));
        var command = List.of("tail", "-f", file.toString());
        checkFound(command, new Program.Place(elsewhere, Map.of()));
    }

    @Test
    void findsWhatHasTheDirectoryInItsEnvironment() {
        var environment = Map.of("WHERE", directory.toString());
        checkFound(List.of("sleep", "600"), new Program.Place(elsewhere, environment));
    }

    @Test
    void findsWhatHasLostItsParent() {
        var script = "setsid sleep 600 & exit 0";
        var place = new Program.Place(directory, Map.of());
        var program = Program.of(List.of("sh", "-c", script), place, elsewhere.resolve("log"));
        program.start();
        program.awaitExit(Duration.ofSeconds(30));

        assertThat(Traces.of(directory)).hasSize(1);

        Traces.kill(directory);
        assertThat(Traces.of(directory)).isEmpty();
    }

    private void checkFound(List<String> command, Program.Place place) {
        try (var program = Program.of(command, place, elsewhere.resolve("log"))) {
            program.start();

            Await.shortly().until("it is found", () -> !Traces.of(directory).isEmpty());

            Traces.kill(directory);
            // It has left no trace before its parent has heard of its end.
            Await.shortly().until("it has ended", () -> !program.isAlive());
        }
    }
}
