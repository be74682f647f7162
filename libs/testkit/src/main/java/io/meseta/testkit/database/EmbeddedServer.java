package io.meseta.testkit.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

/// One started PostgreSQL server on loopback. It stops with the JVM at the latest.
record EmbeddedServer(EmbeddedPostgres postgres, Path data) {

    private static final Duration START_MAX = Duration.ofSeconds(60);

    /// Whether the server waits until what it has committed is on disk.
    enum Disk {
        CARELESS("off"),
        DURABLE("on");

        private final String setting;

        Disk(String setting) {
            this.setting = setting;
        }
    }

    /// Starts a server on `data`, which is initialized when new. Port 0 takes a free one.
    static EmbeddedServer start(Path data, Disk disk, int port) {
        var home = DataDirectories.home();
        // The library also keeps its list of servers here, and removes what a killed JVM left.
        System.setProperty("ot.epg.working-dir", home.toString());
        try {
            var postgres =
                    EmbeddedPostgres.builder()
                            .setOverrideWorkingDirectory(home.toFile())
                            .setDataDirectory(data)
                            .setCleanDataDirectory(disk == Disk.CARELESS)
                            .setPort(port)
                            .setPGStartupWait(START_MAX)
                            .setServerConfig("fsync", disk.setting)
                            .setServerConfig("synchronous_commit", disk.setting)
                            .setServerConfig("full_page_writes", disk.setting)
                            .setServerConfig("listen_addresses", "127.0.0.1")
                            // A socket file would outlive a killed server.
                            .setServerConfig("unix_socket_directories", "")
                            .start();
            return new EmbeddedServer(postgres, data);
        } catch (IOException failure) {
            throw new UncheckedIOException("PostgreSQL did not start in " + data, failure);
        }
    }

    int port() {
        return postgres.getPort();
    }

    TestDatabase maintenance() {
        return new TestDatabase(port(), "postgres");
    }

    void stop() {
        try {
            postgres.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("PostgreSQL did not stop in " + data, failure);
        }
    }
}
