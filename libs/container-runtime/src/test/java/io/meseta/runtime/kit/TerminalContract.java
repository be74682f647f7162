package io.meseta.runtime.kit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.runtime.plan.ContainerProcess;
import io.meseta.runtime.plan.ExecPlan;
import io.meseta.runtime.state.ContainerEnd;
import io.meseta.testkit.Await;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Terminals: of the first process, whose output is a file all the same and lives through restarts,
/// and of further ones, whose output goes to whoever has started them.
public abstract class TerminalContract extends IsolationContract {

    @Test
    void givesFurtherProcessesATerminal() throws Exception {
        Needs.rootAnd("/usr/bin/script");
        var id = yard.id();
        runtime.launch(id, yard.shell("sleep 1000"));
        var script = "tty; stty size; until stty size | grep -q 50; do sleep 0.01; done; exit 3";
        var process =
                ContainerProcess.of("/bin/sh", "-c", script)
                        .on(new ContainerProcess.Terminal(99, 33));

        try (var execution = runtime.exec(id, ExecPlan.of(process))) {
            var said = new InputStreamReader(execution.output(), UTF_8);
            assertThat(line(said)).isEqualTo("/dev/pts/0");
            assertThat(line(said)).isEqualTo("33 99");
            execution.resize(80, 50);
            assertThat(execution.await(Duration.ofSeconds(10)))
                    .contains(new ContainerEnd.Exited(3, false));
        }
        runtime.destroy(id);
    }

    /// As somebody at the terminal sees it, for whom one carriage return is as good as two.
    private static String line(Reader said) throws IOException {
        var line = new StringBuilder();
        for (int read = said.read(); read != '\n'; read = said.read()) {
            if (read < 0) throw new EOFException("after '" + line + "'");
            line.append((char) read);
        }
        return line.toString().replaceFirst("\r+$", "");
    }

    @Test
    void givesTheFirstProcessATerminal() throws Exception {
        var id = yard.id();
        var script =
                "tty; stty size; printf 'no end'; until stty size | grep -q 50; do sleep 0.01;"
                        + " done; printf ', but %s\\n' this; exit 3";
        var process =
                ContainerProcess.of("/bin/sh", "-c", script)
                        .on(new ContainerProcess.Terminal(99, 33));
        runtime.launch(id, yard.running(process));
        Await.shortly()
                .until("it says so", () -> Files.readString(yard.output()).contains("no end"));

        restart();
        runtime.resize(id, new ContainerProcess.Terminal(80, 50));

        assertThat(yard.ended(runtime, id)).isEqualTo(new ContainerEnd.Exited(3, false));
        assertThat(yard.output()).hasContent("/dev/pts/0\r\n33 99\r\nno end, but this\r\n");
        runtime.destroy(id);
    }

    @Test
    void losesNothingOfWhatATerminalShows() throws Exception {
        var process =
                ContainerProcess.of("/bin/sh", "-c", "seq 20000; echo over")
                        .on(new ContainerProcess.Terminal(80, 25));

        var ran = yard.run(runtime, yard.running(process));

        assertThat(ran.end()).isEqualTo(new ContainerEnd.Exited(0, false));
        assertThat(ran.output().lines().map(String::strip)).hasSize(20_001).endsWith("over");
        assertThat(ran.error()).isEmpty();
    }

    @Test
    void endsATerminalWithItsContainer() {
        var id = yard.id();
        var process =
                ContainerProcess.of("/bin/sh", "-c", "trap '' HUP; yes")
                        .on(new ContainerProcess.Terminal(80, 25));
        runtime.launch(id, yard.running(process));

        runtime.destroy(id);

        assertThat(runtime.find(id)).isEmpty();
    }
}
