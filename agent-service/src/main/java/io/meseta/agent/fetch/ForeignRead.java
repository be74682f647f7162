package io.meseta.agent.fetch;

import io.meseta.agent.launch.Account;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads by a program that runs as the task's user: what it may read, and no more. The agent itself
/// may read everything.
final class ForeignRead {

    /// What such a program sees of the agent's environment.
    private static final List<String> INHERITED = List.of("PATH", "JAVA_HOME", "LANG", "LC_ALL");

    private static final String HADOOP = "HADOOP_";

    private final Duration stall;

    ForeignRead(Duration stall) {
        this.stall = stall;
    }

    /// Copies what `command` writes to its standard output; whether it ended well.
    ///
    /// @param reader empty for the agent's own user
    boolean copy(List<String> command, OutputStream out, Budget budget, Optional<Account> reader)
            throws IOException, InterruptedException {
        var words = new ArrayList<String>();
        reader.ifPresent(account ->
                words.addAll(
                        List.of(
                                "setpriv",
                                "--reuid=" + account.uid(),
                                "--regid=" + account.gid(),
                                "--init-groups",
                                "--")));
        words.addAll(command);
        var builder =
                new ProcessBuilder(words)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
        limit(builder.environment());
        reader.ifPresent(account -> builder.environment().put("HOME", account.home()));
        var process = builder.start();
        try (var in = process.getInputStream();
                var watched = new WatchedStream(in, stall, () -> end(process))) {
            watched.copy(out, budget, stall);
            return process.waitFor() == 0;
        } finally {
            end(process);
        }
    }

    private static void limit(Map<String, String> environment) {
        environment
                .keySet()
                .removeIf(name -> !INHERITED.contains(name) && !name.startsWith(HADOOP));
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
