package io.meseta.runtime.host;

import io.meseta.runtime.state.RuntimeFault;
import io.meseta.runtime.state.RuntimeFault.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A shell that stays, and begins a process for each line that it is told. It does so in a third of
/// the time that a JVM takes, and what it begins is nobody's child, which costs no thread.
final class ResidentShell implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// How often a line is told. A shell that this line kills is not fed with it for ever.
    private static final int TELLINGS_MAX = 3;

    private final List<String> command;
    private final Map<String, String> environment;
    private @Nullable Process shell;
    private boolean isClosed;

    /// How often each line was told whose process has not been seen yet.
    private final Map<String, Integer> open = new HashMap<>();

    /// Starts it.
    ///
    /// @param name by which people find it among the processes
    /// @param loop reads lines, and never waits for what it begins
    /// @param arguments of the loop
    /// @throws RuntimeFault `MACHINE` if it can't be started
    ResidentShell(
            String name, String loop, List<String> arguments, Map<String, String> environment) {
        var words = new ArrayList<>(List.of("/bin/sh", "-c", loop, name));
        words.addAll(arguments);
        this.command = List.copyOf(words);
        this.environment = Map.copyOf(environment);
        begin();
    }

    /// Tells it a line, and another shell the same if somebody kills it before that was forgotten.
    ///
    /// @throws RuntimeFault `MACHINE` if none can be started, or it was closed
    synchronized void tell(String line) {
        if (line.indexOf('\n') >= 0) throw new IllegalArgumentException("more than a line");
        if (isClosed) throw new RuntimeFault(Kind.MACHINE, "no shell listens any longer");
        // If there is none, nobody is to be told later on what the caller has given up.
        var listening = shell == null ? begin() : shell;
        open.put(line, 0);
        write(listening, line);
    }

    /// Whatever the line is for has been seen, or is wanted no longer.
    synchronized void forget(String line) {
        open.remove(line);
    }

    /// Nobody knows how far it has come with what it was told.
    private synchronized void hearOfTheEnd(Process ended) {
        if (!ended.equals(shell)) return;
        shell = null;
        open.values().removeIf(tellings -> tellings >= TELLINGS_MAX);
        if (!open.isEmpty()) begin();
    }

    private synchronized Process begin() {
        var begun = started();
        shell = begun;
        List.copyOf(open.keySet()).forEach(line -> write(begun, line));
        var _ = begun.onExit().thenAccept(this::hearOfTheEnd);
        return begun;
    }

    /// What can't be written is told to the next: this one has ended, and we shall hear of it.
    private void write(Process listening, String line) {
        open.merge(line, 1, Integer::sum);
        try {
            listening.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            listening.getOutputStream().flush();
        } catch (IOException _) {
            listening.destroyForcibly();
        }
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
    public void close() {
        var ending = taken();
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

    private synchronized @Nullable Process taken() {
        var ending = shell;
        shell = null;
        isClosed = true;
        open.clear();
        return ending;
    }
}
