package io.meseta.testkit.database;

import io.meseta.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A server of one test's own that can be killed like a machine losing power, and started again on
/// what it left. It waits for its disk (`fsync` on), and keeps its port, so that clients which
/// reconnect find it.
///
/// Not for use by several threads at once.
public final class KillableDatabase implements AutoCloseable {

    private final Path data;
    private final int port;
    private @Nullable EmbeddedServer server;

    private KillableDatabase(Path data, EmbeddedServer server) {
        this.data = data;
        this.port = server.port();
        this.server = server;
    }

    /// Starts a new, empty server.
    public static KillableDatabase start() {
        var data = DataDirectories.fresh();
        return new KillableDatabase(
                data, EmbeddedServer.start(data, EmbeddedServer.Disk.DURABLE, 0));
    }

    /// The server's database; the same before and after a restart.
    public TestDatabase database() {
        return new TestDatabase(port, "postgres");
    }

    /// Kills the postmaster and every backend with SIGKILL and waits until all are gone.
    public void kill() {
        var killed = running();
        server = null;
        var processes = processes();
        for (var process : processes) process.destroyForcibly();
        Await.shortly()
                .until(
                        "PostgreSQL is dead",
                        () -> processes.stream().noneMatch(ProcessHandle::isAlive));
        killed.stop();
    }

    /// Starts it again where it was killed or stopped.
    public void restart() {
        if (server != null) throw new IllegalStateException("PostgreSQL runs on port " + port);
        server = EmbeddedServer.start(data, EmbeddedServer.Disk.DURABLE, port);
    }

    /// Stops in an orderly way; [#restart] is possible.
    public void stop() {
        running().stop();
        server = null;
    }

    @Override
    public void close() {
        if (server != null) stop();
        deleteData();
    }

    private EmbeddedServer running() {
        return Optional.ofNullable(server)
                .orElseThrow(() -> new IllegalStateException("PostgreSQL does not run"));
    }

    /// The postmaster first, so that it starts no successors for the backends that die.
    private List<ProcessHandle> processes() {
        try {
            var pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
            var postmaster =
                    ProcessHandle.of(pid)
                            .orElseThrow(() -> new IllegalStateException("no process " + pid));
            var processes = new ArrayList<ProcessHandle>();
            processes.add(postmaster);
            postmaster.descendants().forEach(processes::add);
            return processes;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot tell the pid of PostgreSQL", failure);
        }
    }

    private void deleteData() {
        try (var paths = Files.walk(data)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot remove " + data, failure);
        }
    }
}
