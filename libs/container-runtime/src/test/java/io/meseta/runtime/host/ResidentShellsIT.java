package io.meseta.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.runtime.state.RuntimeFault;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Shells that stay, and what becomes of what they were told when they do not.
@Timeout(60)
final class ResidentShellsIT {

    /// Each line is a file to make; `deadly` ends whoever reads it.
    private static final String LOOP =
            """
            while read -r line; do
                echo "$line" >>"$1"
                [ "${line##*/}" = deadly ] && kill -KILL $$
            done
            """;

    @TempDir private Path directory;
    private final String name = "shells-" + UUID.randomUUID();
    private Path read;
    private ResidentShells shells;

    @BeforeEach
    void start() throws IOException {
        read = Files.createFile(directory.resolve("read"));
        shells = new ResidentShells(name, LOOP, List.of(read.toString()), Map.of());
    }

    @AfterEach
    void close() {
        shells.close();
        Await.shortly().until("no shell is left", () -> processes().isEmpty());
    }

    @Test
    void readALineOnce() {
        try (var _ = shells.tell("one")) {
            awaitLines("one");
        }
        try (var _ = shells.tell("two")) {
            awaitLines("one", "two");
        }
    }

    @Test
    void tellAnotherWhatOneHadNotReadWhenItWasKilled() throws Exception {
        signal("STOP");
        try (var _ = shells.tell("one")) {
            signal("KILL");

            awaitLines("one");
        }
    }

    @Test
    void tellNobodyWhatIsWantedNoLonger() throws Exception {
        signal("STOP");
        shells.tell("unwanted").close();
        signal("KILL");
        Await.shortly().until("none is left", () -> processes().isEmpty());
        tellEachOfThem();

        assertThat(Files.readAllLines(read)).doesNotContain("unwanted");
    }

    @Test
    void tellADeadlyLineThreeTimesAndNoMore() throws Exception {
        try (var _ = shells.tell("deadly")) {
            awaitLines("deadly", "deadly", "deadly");
            tellEachOfThem();

            assertThat(Files.readAllLines(read).stream().filter("deadly"::equals)).hasSize(3);
        }
    }

    @Test
    void beginNothingOnceTheyAreClosed() {
        shells.close();

        assertThatThrownBy(() -> shells.tell("late")).isInstanceOf(RuntimeFault.class);
    }

    /// Returns when all have read something, and with it whatever they were told before.
    private void tellEachOfThem() {
        var lines = IntStream.range(0, 16).mapToObj(i -> "line " + i).toList();
        var told = lines.stream().map(shells::tell).toList();
        Await.shortly().until("all is read", () -> Files.readAllLines(read).containsAll(lines));
        told.forEach(ResidentShells.Told::close);
    }

    private void awaitLines(String... lines) {
        Await.shortly()
                .passes(
                        "it is read",
                        () -> assertThat(Files.readAllLines(read)).containsExactly(lines));
    }

    private List<ProcessHandle> processes() {
        return ProcessHandle.current()
                .children()
                .filter(each -> each.info().commandLine().orElse("").contains(name))
                .toList();
    }

    private void signal(String signal) throws Exception {
        for (var each : processes()) {
            var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(each.pid())).start();
            assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
