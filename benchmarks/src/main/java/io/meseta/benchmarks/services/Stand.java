package io.meseta.benchmarks.services;

import io.meseta.testkit.database.KillableDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// One master on a PostgreSQL of its own, both as processes, and what they cost.
public final class Stand implements AutoCloseable {

    private static final Duration START_MAX = Duration.ofMinutes(2);

    private final KillableDatabase database;
    private final OpenService master;

    private Stand(KillableDatabase database, OpenService master) {
        this.database = database;
        this.master = master;
    }

    /// Starts both and waits until the master leads.
    public static Stand start(Path masterJar, List<String> jvm)
            throws IOException, InterruptedException {
        var database = KillableDatabase.start();
        var log = Files.createTempFile("master", ".log");
        System.out.println("the master's log: " + log);
        var where = "--spring.datasource.url=" + database.database().jdbcUrl();
        var master = OpenService.start(masterJar, log, jvm, List.of(where));
        var stand = new Stand(database, master);
        long deadline = System.nanoTime() + START_MAX.toNanos();
        while (!master.answers("/metrics/snapshot", "\"master/elected\":1.0")) {
            if (System.nanoTime() > deadline) {
                stand.close();
                throw new IOException("the master does not lead: see " + log);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return stand;
    }

    public URI address() {
        return URI.create(master.endpoint().base() + "/");
    }

    /// How far the write-ahead log has come, in bytes.
    public long walBytes() throws SQLException {
        return number("SELECT (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint");
    }

    /// Seconds of CPU so far, of the master, of PostgreSQL and of this process.
    public Map<String, Double> cpuSeconds() throws SQLException {
        // A backend is the postmaster's child.
        var backend = ProcessHandle.of(number("SELECT pg_backend_pid()"));
        var postgres =
                backend.flatMap(ProcessHandle::parent).stream()
                        .flatMap(server -> Stream.concat(Stream.of(server), server.descendants()));
        var times = new TreeMap<String, Double>();
        times.put("the master", seconds(Stream.of(master.handle())));
        times.put("PostgreSQL", seconds(postgres));
        times.put("this load", seconds(Stream.of(ProcessHandle.current())));
        return times;
    }

    /// What the master has in memory, its virtual machine's own included.
    public long masterMegabytes() throws IOException {
        var status = Path.of("/proc", Long.toString(master.handle().pid()), "status");
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(kilobytes -> Long.parseLong(kilobytes) / 1024)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private long number(String query) throws SQLException {
        try (var connection = DriverManager.getConnection(database.database().jdbcUrl());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static double seconds(Stream<ProcessHandle> processes) {
        return processes
                .map(each -> each.info().totalCpuDuration())
                .flatMap(Optional::stream)
                .mapToDouble(time -> time.toMillis() / 1e3)
                .sum();
    }

    @Override
    public void close() {
        master.close();
        database.close();
    }
}
