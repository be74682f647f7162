package io.meseta.runtime.oci;

import io.meseta.runtime.host.Commands;
import io.meseta.runtime.host.Program;
import io.meseta.runtime.plan.ContainerProcess.Terminal;
import io.meseta.runtime.state.RuntimeFault;
import io.meseta.runtime.state.RuntimeFault.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A terminal of the machine for a runtime that is told to give one to a container, since it copies
/// between the two. `script(1)` of util-linux makes it and is on our end a pair of pipes.
final class PseudoTerminal {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// Raw from the first byte on, but for line ends: `runc` makes them of our terminal and no
    /// longer of the container's, and it does so while the container is writing. What was written
    /// before ends its lines with one more carriage return, which nobody sees; were ours all raw,
    /// lines would now and then end without any. The command's words are in variables, `MESETA_1`
    /// and so on, so that nothing is ever quoted.
    private static final String START =
            "stty raw -echo opost onlcr" + " cols \"$MESETA_COLUMNS\" rows \"$MESETA_ROWS\"; exec";

    private PseudoTerminal() {}

    static ProcessBuilder around(List<String> command, Terminal terminal) {
        var script =
                Program.located("script")
                        .orElseThrow(() ->
                                new RuntimeFault(
                                        Kind.UNSUPPORTED,
                                        "a terminal needs script(1) of util-linux"));
        var line = new StringBuilder(START);
        var words = new ArrayList<>(command);
        for (int i = 0; i < words.size(); i++) line.append(" \"$MESETA_").append(i).append('"');
        var builder =
                new ProcessBuilder(
                        script.toString(), "-q", "-e", "-f", "-c", line.toString(), "/dev/null");
        var environment = builder.environment();
        environment.put("SHELL", "/bin/sh");
        environment.put("MESETA_COLUMNS", Integer.toString(terminal.columns()));
        environment.put("MESETA_ROWS", Integer.toString(terminal.rows()));
        for (int i = 0; i < words.size(); i++) environment.put("MESETA_" + i, words.get(i));
        return builder;
    }

    /// Whoever sits at the terminal is told by the kernel, the runtime too, which tells the one in
    /// the container.
    static void resize(Process script, Terminal terminal) {
        script.descendants()
                .map(child -> Path.of("/proc/" + child.pid() + "/fd/0"))
                .map(PseudoTerminal::target)
                .filter(path -> path.startsWith("/dev/pts/"))
                .findFirst()
                .ifPresent(path -> resize(path, terminal));
    }

    /// @param path leads to the terminal; anything else stays as it is
    static void resize(String path, Terminal terminal) {
        try {
            Commands.run(
                    PATIENCE,
                    List.of(
                            "stty",
                            "-F",
                            path,
                            "cols",
                            Integer.toString(terminal.columns()),
                            "rows",
                            Integer.toString(terminal.rows())));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException _) {
            return "";
        }
    }
}
