package io.meseta.runtime.host;

import io.meseta.runtime.state.RuntimeFault;
import io.meseta.runtime.state.RuntimeFault.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A shell that stays, and begins a process for each line that it is told. It does so in a third of
/// the time that a JVM takes, and what it begins is nobody's child, which costs no thread.
final class ResidentShell implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<String> command;
    private final Map<String, String> environment;
    private @Nullable Process shell;

    /// Starts it.
    ///
    /// @param name by which people find it among the processes
    /// @param loop reads lines, and never waits for what it begins
    /// @param arguments of the loop
    /// @throws RuntimeFault `MACHINE` if it can't be started
    public ResidentShell(
            String name, String loop, List<String> arguments, Map<String, String> environment) {
        var words = new ArrayList<>(List.of("/bin/sh", "-c", loop, name));
        words.addAll(arguments);
        this.command = List.copyOf(words);
        this.environment = Map.copyOf(environment);
        this.shell = started();
    }

    /// Tells it a line, to another one if somebody has killed it.
    ///
    /// @throws RuntimeFault `MACHINE` if none can be started
    public synchronized void tell(String line) {
        if (line.indexOf('\n') >= 0) throw new IllegalArgumentException("more than a line");
        try {
            write(line);
        } catch (IOException _) {
            close();
            shell = started();
            try {
                write(line);
            } catch (IOException failure) {
                throw new RuntimeFault(Kind.MACHINE, "no shell listens", failure);
            }
        }
    }

    private void write(String line) throws IOException {
        if (shell == null || !shell.isAlive()) throw new IOException("the shell is gone");
        shell.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        shell.getOutputStream().flush();
    }

    private Process started() {
        var builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            return builder.start();
        } catch (IOException failure) {
            throw new RuntimeFault(Kind.MACHINE, "no shell can be started", failure);
        }
    }

    /// Ends it; what it has begun goes on.
    @Override
    public synchronized void close() {
        var ending = shell;
        shell = null;
        if (ending == null) return;
        try {
            ending.getOutputStream().close();
            if (ending.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) return;
        } catch (IOException _) {
            // It has ended.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        ending.destroyForcibly();
    }
}
