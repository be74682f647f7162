package io.meseta.endtoend.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One service as a process of its own: started, killed, started again. What it prints is kept in
/// one file over all its lives.
///
/// Not for use by several threads at once.
public final class Program implements AutoCloseable {

    private static final Duration END_MAX = Duration.ofSeconds(20);
    private static final int TAIL_LINES = 60;

    private final String name;
    private final List<String> command;
    private final Place place;
    private final Path log;
    private @Nullable Process process;

    /// Where a program finds itself.
    ///
    /// @param directory its working directory, by which [Traces] finds it
    /// @param environment in addition to this machine's
    /// @param way a command that runs what follows it somewhere else; empty for here
    public record Place(Path directory, Map<String, String> environment, List<String> way) {

        public Place {
            environment = Map.copyOf(environment);
            way = List.copyOf(way);
        }

        public Place(Path directory, Map<String, String> environment) {
            this(directory, environment, List.of());
        }
    }

    private Program(String name, List<String> command, Place place, Path log) {
        this.name = name;
        this.command = List.copyOf(command);
        this.place = place;
        this.log = log;
    }

    /// A program that has yet to be started; named after its log.
    public static Program of(List<String> command, Place place, Path log) {
        var name = log.getFileName().toString().replace(".log", "");
        return new Program(name, command, place, log);
    }

    /// A jar on the JVM that runs this test. Small and quick to start, not quick to run.
    public static Program jar(Path jar, List<String> options, Place place, Path log) {
        var command = new ArrayList<String>();
        command.add(javaProgram());
        command.add("-Xmx192m");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-jar");
        command.add(jar.toString());
        command.addAll(options);
        return of(command, place, log);
    }

    public static String javaProgram() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    public String name() {
        return name;
    }

    public void start() {
        if (isAlive()) throw new IllegalStateException(name + " runs already");
        var builder = new ProcessBuilder(whole()).redirectErrorStream(true);
        // What this machine sets for its own services is none of ours.
        builder.environment().keySet().removeIf(Program::isSettingOfOurs);
        builder.environment().putAll(place.environment());
        builder.directory(place.directory().toFile());
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            process = builder.start();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot start " + name, failure);
        }
    }

    private List<String> whole() {
        return Stream.concat(place.way().stream(), command.stream()).toList();
    }

    private static boolean isSettingOfOurs(String variable) {
        return variable.startsWith("MESETA_") || variable.startsWith("SPRING_");
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    public long pid() {
        return started().pid();
    }

    /// Ends it as the kernel does when memory is short: at once, with nothing said (`kill -9`).
    public void kill() {
        started().destroyForcibly();
        awaitExit(END_MAX);
    }

    /// Lets it stand still (SIGSTOP), as a debugger, a snapshot or a hypervisor does.
    public void pause() {
        signal("STOP");
    }

    /// Lets it go on (SIGCONT).
    public void resume() {
        signal("CONT");
    }

    private void signal(String which) {
        try {
            var kill =
                    new ProcessBuilder("kill", "-" + which, Long.toString(pid()))
                            .inheritIO()
                            .start();
            if (kill.waitFor() != 0) throw new AssertionError("no signal to " + name);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot signal " + name, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while signalling " + name, interrupted);
        }
    }

    /// Asks it to end (SIGTERM) and returns its exit code.
    public int terminate() {
        started().destroy();
        return awaitExit(END_MAX);
    }

    /// The exit code, once it has ended by itself.
    public int awaitExit(Duration limit) {
        var waited = started();
        try {
            if (!waited.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(name + " did not end within " + limit + "\n" + tail());
            }
            return waited.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + name, interrupted);
        }
    }

    /// The end of what it has printed, for a reader of a failure.
    public String tail() {
        var lines = output().lines().toList();
        var last = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
        return "--- %s (%s)%n%s".formatted(name, log, String.join("\n", last));
    }

    /// All that it has printed.
    public String output() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + log, failure);
        }
    }

    /// Ends it in whatever state it is.
    @Override
    public void close() {
        if (isAlive()) kill();
    }

    private Process started() {
        var now = process;
        if (now == null) throw new IllegalStateException(name + " was never started");
        return now;
    }
}
