package io.meseta.launcher;

import com.sun.security.auth.module.UnixSystem;
import io.meseta.launcher.ChildSpec.Start;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The embedded database: durable, kept between runs, reached over loopback with a password that
/// only this directory knows.
final class Postgres {

    private static final String USER = "meseta";
    private static final String NAME = "meseta";
    private static final String SCRATCH = "meseta_scratch";
    private static final int PASSWORD_BYTES = 24;
    private static final int INIT_LIMIT_S = 120;

    /// What PostgreSQL says when there is such a database already.
    private static final String DUPLICATE_DATABASE = "42P04";

    private final Path home;
    private final Path data;
    private final Path log;
    private final PostgresRuntime runtime;
    private final String password;
    private final int port;

    private Postgres(Layout layout, PostgresRuntime runtime) throws IOException {
        this.home = layout.postgres();
        this.data = home.resolve("data");
        this.log = layout.log("postgres");
        this.runtime = runtime;
        this.password = password(home.resolve("password"));
        this.port = port(home.resolve("port"));
    }

    /// Makes everything ready to start, on the first run also the database's own files.
    static Postgres prepare(Layout layout, Progress progress) throws InterruptedException {
        try {
            var runtime = PostgresRuntime.under(layout.postgres());
            var postgres = new Postgres(layout, runtime);
            postgres.initialize(progress);
            return postgres;
        } catch (IOException failure) {
            throw new Trouble("cannot prepare PostgreSQL in " + layout.postgres(), failure);
        }
    }

    ChildSpec spec() {
        var command = new ArrayList<>(asOrdinaryUser());
        command.add(runtime.program("postgres").toString());
        command.addAll(List.of("-D", data.toString(), "-p", Integer.toString(port)));
        for (var setting :
                List.of(
                        "listen_addresses=127.0.0.1",
                        // Paths of sockets are short, those of data directories may be long.
                        "unix_socket_directories=",
                        "fsync=on",
                        "synchronous_commit=on",
                        "full_page_writes=on",
                        "max_connections=100",
                        "shared_buffers=64MB",
                        "logging_collector=off",
                        "log_destination=stderr")) {
            command.addAll(List.of("-c", setting));
        }
        var probe = new Probe.DatabaseProbe(database("postgres"));
        // SIGINT is a fast stop: it does not wait for clients, and loses nothing.
        return new ChildSpec("postgres", new Start(command, Map.of()), port, probe, "INT");
    }

    /// The cluster's database, made if need be. PostgreSQL must be ready.
    Database database() {
        try {
            execute("CREATE DATABASE " + NAME);
        } catch (SQLException failure) {
            if (!DUPLICATE_DATABASE.equals(failure.getSQLState())) {
                throw new Trouble("cannot make the database", failure);
            }
        }
        return database(NAME);
    }

    /// A database to be thrown away, empty at first; [#dropScratch] ends it.
    Database scratch() throws SQLException {
        dropScratch();
        execute("CREATE DATABASE " + SCRATCH);
        return database(SCRATCH);
    }

    void dropScratch() throws SQLException {
        execute("DROP DATABASE IF EXISTS " + SCRATCH + " WITH (FORCE)");
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database("postgres").connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Database database(String name) {
        var url = "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
        return new Database(url, USER, password);
    }

    private void initialize(Progress progress) throws IOException, InterruptedException {
        if (Files.exists(data.resolve("PG_VERSION"))) {
            new PostmasterFile(data).removeIfStale();
            return;
        }
        progress.say("postgres: making a new database in " + data);
        // By another name first: half a database must not be taken for a whole one.
        var fresh = home.resolve("data.partial");
        deleteTree(fresh);
        var command = new ArrayList<>(asOrdinaryUser());
        command.add(runtime.program("initdb").toString());
        command.addAll(List.of("-D", fresh.toString(), "-U", USER, "-A", "scram-sha-256"));
        command.addAll(List.of("--pwfile", home.resolve("password").toString()));
        command.addAll(List.of("--encoding=UTF8", "--locale=C", "--no-instructions"));
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        try {
            if (!process.waitFor(INIT_LIMIT_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new Trouble("PostgreSQL could not make its files: see " + log);
            }
        } finally {
            process.destroyForcibly();
        }
        Files.move(fresh, data);
    }

    /// PostgreSQL refuses to run as root; in a user namespace of its own it is nobody, with our
    /// access to our files.
    private static List<String> asOrdinaryUser() {
        if (new UnixSystem().getUid() != 0) {
            return List.of();
        }
        if (Shell.run("unshare -U true")) {
            return List.of("unshare", "-U");
        }
        throw new Trouble(
                "PostgreSQL does not run as root, and this system gives us no user namespace: "
                        + "run as another user, or name a database with --db URL");
    }

    private static String password(Path file) throws IOException {
        if (!Files.exists(file)) {
            var bytes = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(bytes);
            var ours = PosixFilePermissions.fromString("rw-------");
            Files.createFile(file, PosixFilePermissions.asFileAttribute(ours));
            Files.writeString(file, HexFormat.of().formatHex(bytes));
        }
        return Files.readString(file).strip();
    }

    /// The same port in each run where possible, so that a console left open finds it again.
    private static int port(Path file) throws IOException {
        var loopback = InetAddress.getLoopbackAddress();
        if (Files.exists(file)) {
            var text = Files.readString(file).strip();
            if (text.matches("\\d{1,5}") && Ports.isFree(loopback, Integer.parseInt(text))) {
                return Integer.parseInt(text);
            }
        }
        int port = Ports.anyFree(loopback);
        Files.writeString(file, Integer.toString(port));
        return port;
    }

    private static void deleteTree(Path tree) throws IOException {
        if (Files.exists(tree)) {
            try (var paths = Files.walk(tree)) {
                for (var path : paths.toList().reversed()) {
                    Files.delete(path);
                }
            }
        }
    }
}
