package io.meseta.launcher;

import io.meseta.launcher.ChildSpec.Start;
import io.meseta.launcher.Services.Mode;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes the JVM's start-up caches of our services, once per build, while the cluster is already
/// up: each service is started once more, for practice, with nobody to speak to and nothing to
/// lose, and leaves at its end what its JVM has learned.
///
/// Measured with the agent, two busy cores: 5 s of processor time for a start without, 2 s with. To
/// let the real services learn instead would make the first `down` as much longer.
final class WarmStart {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Services services;
    private final Path scratch;
    private final Postgres postgres;
    private @Nullable Process practising;
    private boolean isStopped;

    WarmStart(Services services, Path scratch, Postgres postgres) {
        this.services = services;
        this.scratch = scratch;
        this.postgres = postgres;
    }

    /// Makes what is missing. A failure costs nothing but the time of later starts.
    void run() {
        if (System.getProperty("meseta.warm", "true").equals("false")) {
            return;
        }
        try {
            var rooms = scratch.resolve("practice");
            practiseWithDatabase(
                    Services.MASTER_JAR,
                    (database, cache) -> services.masterPractice(database, rooms, cache));
            if (services.mode() instanceof Mode.Secure secure) {
                practiseWithDatabase(
                        Services.AUTH_JAR,
                        (database, cache) -> services.authPractice(database, secure, cache));
            }
            practise(Services.AGENT_JAR, cache -> services.agentPractice(rooms, cache));
            practise(Services.GATEWAY_JAR, cache -> services.gatewayPractice(rooms, cache));
        } catch (IOException | SQLException _) {
            // The next run tries again; until then starts take longer.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends the practice that goes on, and begins no other.
    synchronized void stop() {
        isStopped = true;
        var process = practising;
        if (process != null) {
            // The JVM has another one write the cache.
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private void practiseWithDatabase(String jar, BiFunction<Database, Path, Start> practice)
            throws IOException, InterruptedException, SQLException {
        if (Files.exists(services.cache(jar))) return;
        var database = postgres.scratch();
        practise(jar, cache -> practice.apply(database, cache));
        postgres.dropScratch();
    }

    private void practise(String jar, Function<Path, Start> practice)
            throws IOException, InterruptedException {
        var cache = services.cache(jar);
        if (Files.exists(cache)) return;
        // A name of its own: another cluster of this build may be practising too.
        var partial =
                cache.resolveSibling(cache.getFileName() + "." + ProcessHandle.current().pid());
        var process = start(practice.apply(partial));
        if (process == null) {
            return;
        }
        try {
            boolean isOver = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (isOver && process.exitValue() == 0 && Files.exists(partial)) {
                Files.move(partial, cache, StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Files.deleteIfExists(partial);
            Files.deleteIfExists(partial.resolveSibling(partial.getFileName() + ".config"));
        }
    }

    /// Synchronized with [#stop], for the time of one fork.
    private synchronized @Nullable Process start(Start start) throws IOException {
        if (isStopped) {
            return null;
        }
        var command = new ArrayList<>(List.of("nice", "-n", "19"));
        command.addAll(start.command());
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(start.environment());
        builder.redirectInput(Path.of("/dev/null").toFile());
        builder.redirectErrorStream(true).redirectOutput(Redirect.DISCARD);
        var started = builder.start();
        practising = started;
        return started;
    }
}
