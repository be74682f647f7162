package io.meseta.testkit.database;

import io.meseta.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;

/// A second server that follows a [KillableDatabase] and can take its place. The first answers no
/// commit before this one has it, so nothing that was acknowledged is lost with the first.
public final class StandbyDatabase implements AutoCloseable {

    private static final Duration FOLLOWING_MAX = Duration.ofSeconds(30);
    private static final int PROMOTION_SECONDS_MAX = 60;

    /// What a running server has of its own.
    private static final Set<String> NOT_COPIED = Set.of("postmaster.pid", "epg-lock");

    private final PostgresServer server;

    private StandbyDatabase(PostgresServer server) {
        this.server = server;
    }

    /// Copies a server that runs on this machine, and starts to follow it.
    public static StandbyDatabase of(KillableDatabase first) {
        var origin = first.database();
        var data = DataDirectories.fresh();
        try {
            copy(origin, data);
            Files.createFile(data.resolve("standby.signal"));
            Files.writeString(
                    data.resolve("postgresql.auto.conf"),
                    "primary_conninfo = 'host=%s port=%d user=%s'%n"
                            .formatted(origin.host(), origin.port(), TestDatabase.USER),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException("PostgreSQL can't be copied to " + data, failure);
        }
        var standby =
                new StandbyDatabase(EmbeddedServer.startIn(data, PostgresServer.Disk.DURABLE));
        try {
            origin.run("ALTER SYSTEM SET synchronous_standby_names = '*'");
            origin.run("SELECT pg_reload_conf()");
            var synced = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'";
            Await.within(FOLLOWING_MAX)
                    .until("the standby follows", () -> origin.text(synced).equals("1"));
            return standby;
        } catch (RuntimeException | AssertionError failure) {
            standby.close();
            throw failure;
        }
    }

    private static void copy(TestDatabase origin, Path data) throws IOException {
        // The backup lasts for as long as its connection.
        try (var connection = origin.dataSource().getConnection()) {
            text(connection, "SELECT pg_backup_start('standby', true)::text");
            var ownerOnly = PosixFilePermissions.fromString("rwx------");
            copy(Path.of(text(connection, "SHOW data_directory")), data);
            Files.setPosixFilePermissions(data, ownerOnly);
            Files.writeString(
                    data.resolve("backup_label"),
                    text(connection, "SELECT labelfile FROM pg_backup_stop(false)"));
        } catch (SQLException failure) {
            throw new IllegalStateException("PostgreSQL can't be backed up", failure);
        }
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /// Files may go while the server runs; what they held is in its log.
    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(
                from,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path directory, BasicFileAttributes attributes) throws IOException {
                        Files.createDirectories(to.resolve(from.relativize(directory)));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        if (NOT_COPIED.contains(file.getFileName().toString()))
                            return FileVisitResult.CONTINUE;
                        try {
                            Files.copy(file, to.resolve(from.relativize(file)));
                        } catch (NoSuchFileException _) {
                            return FileVisitResult.CONTINUE;
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException failure)
                            throws IOException {
                        if (failure instanceof NoSuchFileException) return FileVisitResult.CONTINUE;
                        throw failure;
                    }
                });
    }

    public TestDatabase database() {
        return server.maintenance();
    }

    /// Makes it the one that takes writes.
    public void promote() {
        var promoted =
                database().text("SELECT pg_promote(true, %d)".formatted(PROMOTION_SECONDS_MAX));
        if (!promoted.equals("t")) throw new IllegalStateException("the standby was not promoted");
    }

    @Override
    public void close() {
        server.remove();
    }
}
