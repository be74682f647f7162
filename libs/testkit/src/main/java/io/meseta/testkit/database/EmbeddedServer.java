package io.meseta.testkit.database;

import io.meseta.testkit.Await;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// PostgreSQL's own binaries, out of an artifact, as processes of this machine on loopback.
final class EmbeddedServer implements PostgresServer {

    private static final Duration START_MAX = Duration.ofSeconds(60);

    private final Path data;
    private final Disk disk;
    private final int port;
    private @Nullable EmbeddedPostgres postgres;

    private EmbeddedServer(Path data, Disk disk, EmbeddedPostgres postgres) {
        this.data = data;
        this.disk = disk;
        this.port = postgres.getPort();
        this.postgres = postgres;
    }

    static EmbeddedServer startNew(Disk disk) {
        return startIn(DataDirectories.fresh(), disk);
    }

    static EmbeddedServer startIn(Path data, Disk disk) {
        return new EmbeddedServer(data, disk, start(data, disk, 0));
    }

    /// Starts a server on `data`, which is initialized when new. Port 0 takes a free one.
    private static EmbeddedPostgres start(Path data, Disk disk, int port) {
        var home = DataDirectories.home();
        // The library also keeps its list of servers here, and removes what a killed JVM left.
        System.setProperty("ot.epg.working-dir", home.toString());
        try {
            return EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(home.toFile())
                    .setDataDirectory(data)
                    .setCleanDataDirectory(disk == Disk.CARELESS)
                    .setPort(port)
                    .setPGStartupWait(START_MAX)
                    .setServerConfig("fsync", disk.setting())
                    .setServerConfig("synchronous_commit", disk.setting())
                    .setServerConfig("full_page_writes", disk.setting())
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    // A socket file would outlive a killed server.
                    .setServerConfig("unix_socket_directories", "")
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException("PostgreSQL did not start in " + data, failure);
        }
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public boolean isRunning() {
        return postgres != null;
    }

    @Override
    public void kill() {
        var killed = running();
        postgres = null;
        var processes = processes();
        for (var process : processes) process.destroyForcibly();
        Await.shortly()
                .until(
                        "PostgreSQL is dead",
                        () -> processes.stream().noneMatch(ProcessHandle::isAlive));
        close(killed);
    }

    @Override
    public void pause() {
        signal("STOP");
    }

    @Override
    public void resume() {
        signal("CONT");
    }

    private void signal(String which) {
        var command = new ArrayList<>(List.of("kill", "-" + which));
        var processes = processes();
        for (var process : processes) command.add(Long.toString(process.pid()));
        try {
            var kill = new ProcessBuilder(command).inheritIO().start();
            // Of those that end in between, others hear it all the same.
            if (kill.waitFor() != 0 && processes.stream().allMatch(ProcessHandle::isAlive))
                throw new IllegalStateException("no signal to PostgreSQL");
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot signal PostgreSQL", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while signalling", interrupted);
        }
    }

    @Override
    public void stop() {
        close(running());
        postgres = null;
    }

    @Override
    public void restart() {
        if (postgres != null) throw new IllegalStateException("PostgreSQL runs on port " + port);
        postgres = start(data, disk, port);
    }

    @Override
    public void remove() {
        if (postgres != null) stop();
        if (!Files.exists(data)) return;
        try (var paths = Files.walk(data)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot remove " + data, failure);
        }
    }

    private EmbeddedPostgres running() {
        return Optional.ofNullable(postgres)
                .orElseThrow(() -> new IllegalStateException("PostgreSQL does not run"));
    }

    private void close(EmbeddedPostgres closing) {
        try {
            closing.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("PostgreSQL did not stop in " + data, failure);
        }
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
}
