package io.meseta.benchmarks.services;

import io.meseta.testkit.database.KillableDatabase;
import io.meseta.testkit.database.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// One master on a PostgreSQL of its own, both as processes, and what they cost. Whatever ends this
/// process ends them, too.
public final class Stand implements AutoCloseable {

    private static final Duration START_MAX = Duration.ofMinutes(2);
    private static final long KIB_PER_MIB = 1 << 10;

    private final KillableDatabase database;
    private final OpenService master;
    private final Thread lastResort = new Thread(this::abandon);
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private Stand(KillableDatabase database, OpenService master) {
        this.database = database;
        this.master = master;
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    /// What a stand is like.
    ///
    /// @param jvm the master's virtual machine's own flags
    /// @param settings the master's, `--key=value`
    /// @param seed writes into the database, which is empty, what the master is to find there
    public record Plan(
            Path masterJar, List<String> jvm, List<String> settings, Consumer<TestDatabase> seed) {

        public Plan {
            jvm = List.copyOf(jvm);
            settings = List.copyOf(settings);
        }
    }

    /// Starts both and waits until the master leads.
    public static Stand start(Path masterJar, List<String> jvm)
            throws IOException, InterruptedException {
        return start(new Plan(masterJar, jvm, List.of(), _ -> {}));
    }

    /// The same with settings, on a database that is not empty.
    public static Stand start(Plan plan) throws IOException, InterruptedException {
        if (!Files.exists(plan.masterJar()))
            throw new IOException("no such file: " + plan.masterJar().toAbsolutePath());
        var database = KillableDatabase.start();
        var log = Files.createTempFile("master", ".log");
        System.out.println("the master's log: " + log);
        Stand stand;
        try {
            plan.seed().accept(database.database());
            var settings = new ArrayList<>(plan.settings());
            settings.add("--spring.datasource.url=" + database.database().jdbcUrl());
            var master = OpenService.start(plan.masterJar(), log, plan.jvm(), settings);
            stand = new Stand(database, master);
        } catch (IOException | RuntimeException failure) {
            database.close();
            throw failure;
        }
        long deadline = System.nanoTime() + START_MAX.toNanos();
        while (!stand.master.answers("/metrics/snapshot", "\"master/elected\":1.0")) {
            if (System.nanoTime() > deadline || !stand.master.handle().isAlive()) {
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

    /// The master's process.
    public ProcessHandle master() {
        return master.handle();
    }

    public TestDatabase database() {
        return database.database();
    }

    /// What the master, PostgreSQL and this process cost.
    public Costs costs() {
        return new Costs(database.database(), Map.of("the master", master.handle()));
    }

    /// What the master has in memory, its virtual machine's own included.
    public long masterMegabytes() {
        return Machine.residentKibibytes(master.handle()) / KIB_PER_MIB;
    }

    /// What the master has in its heap and still needs, in bytes: it collects first.
    public long masterLiveBytes() throws IOException, InterruptedException {
        return HeapSize.liveBytes(master.handle());
    }

    @Override
    public void close() {
        if (isClosed.getAndSet(true)) return;
        Runtime.getRuntime().removeShutdownHook(lastResort);
        master.close();
        database.close();
    }

    /// This process is asked to end: so is PostgreSQL, by the library that started it.
    private void abandon() {
        if (isClosed.getAndSet(true)) return;
        master.close();
        try {
            database.close();
        } catch (UncheckedIOException | IllegalStateException left) {
            System.err.println("of PostgreSQL some files are left: " + left.getMessage());
        }
    }
}
