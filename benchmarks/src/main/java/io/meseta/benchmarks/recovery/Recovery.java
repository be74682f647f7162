package io.meseta.benchmarks.recovery;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.engine.Entry;
import io.meseta.master.engine.Replay;
import io.meseta.master.engine.Snapshot;
import io.meseta.master.engine.Standby;
import io.meseta.master.journal.Connector;
import io.meseta.master.journal.DatabaseAddress;
import io.meseta.master.journal.DatabaseJournal;
import io.meseta.master.journal.Durability;
import io.meseta.master.journal.JournalMeters;
import io.meseta.master.journal.codec.Build;
import io.meseta.testkit.database.KillableDatabase;
import io.meseta.testkit.database.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;

/// The command: `bench recovery [LIVE [COMPLETED [TAIL]]]`. Makes a journal with a snapshot and
/// `TAIL` entries after it, starts PostgreSQL and a JVM anew, and prints how long that takes until
/// it has the state to lead from.
public final class Recovery {

    private static final int TASKS_PER_ENTRY = 100;
    private static final int TASKS_PER_TAIL_ENTRY = 3;
    private static final int ROUNDS = 3;
    private static final double MILLIS_PER_SECOND = 1_000;
    private static final long MEBI = 1L << 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private Recovery() {}

    public static void main(String... arguments) throws Exception {
        if (arguments.length == 4 && arguments[0].equals("measure")) {
            measure(new TestDatabase(arguments[1], Integer.parseInt(arguments[2]), arguments[3]));
            return;
        }
        int live = number(arguments, 0, 100_000);
        int completed = number(arguments, 1, 1_000_000);
        int tail = number(arguments, 2, 20_000);
        try (var database = KillableDatabase.start()) {
            prepare(database.database(), live, completed, tail);
            for (int i = 0; i < ROUNDS; i++) {
                database.stop();
                database.restart();
                launch(database.database());
            }
        }
        System.exit(0);
    }

    private static int number(String[] arguments, int index, int otherwise) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
    }

    private static void prepare(TestDatabase database, int live, int completed, int tail)
            throws Exception {
        Flyway.configure().dataSource(database.dataSource()).load().migrate();
        var years = Years.withRoomFor(live);
        var replay = new Replay(Cluster.EMPTY, 1).after(years.beginning());
        for (int i = 0; i < completed; i += TASKS_PER_ENTRY)
            replay = replay.after(years.completed(TASKS_PER_ENTRY));
        for (int i = 0; i < live; i += TASKS_PER_ENTRY)
            replay = replay.after(years.launched(TASKS_PER_ENTRY));
        try (var journal = journal(database)) {
            journal.raise(Years.EPOCH);
            // As if all of it had been appended and let go of since.
            database.run("UPDATE journal_head SET next_sequence = " + (years.sequence() + 1));
            journal.save(new Snapshot(years.sequence(), Instant.now(), replay.cluster()));
            for (int i = 0; i < tail; i++) {
                Entry entry = years.completed(TASKS_PER_TAIL_ENTRY);
                journal.append(entry);
            }
        }
        System.out.printf(
                "%d live tasks, %d completed, %d entries after the snapshot (%d tasks more); the"
                        + " snapshot has %d MiB, the entries %d MiB%n",
                live,
                completed,
                tail,
                tail * TASKS_PER_TAIL_ENTRY,
                mebi(database, "SELECT sum(bytes) FROM snapshot"),
                mebi(database, "SELECT sum(length(events)) FROM journal"));
    }

    private static void launch(TestDatabase database) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process =
                new ProcessBuilder(
                                List.of(
                                        java,
                                        "-Xmx2g",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        Recovery.class.getName(),
                                        "measure",
                                        database.host(),
                                        Integer.toString(database.port()),
                                        database.name()))
                        .inheritIO()
                        .start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) process.destroyForcibly();
    }

    private static void measure(TestDatabase database) {
        long begun = ManagementFactory.getRuntimeMXBean().getStartTime();
        try (var journal = journal(database)) {
            var head = journal.head();
            var raised = journal.raise(new Epoch(head.epoch().number() + 1));
            long connected = System.currentTimeMillis();
            var recovered = new Standby(journal).recover(raised);
            long done = System.currentTimeMillis();
            var cluster = recovered.replay().cluster();
            var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
            System.out.printf(
                    "%d live and %d remembered tasks, %d agents: %.2f s from the start of the JVM,"
                            + " %.2f s of it reading; %.2f s of CPU; heap %d MiB%n",
                    cluster.tasks().size(),
                    cluster.completed().tasks().values().stream().mapToInt(List::size).sum(),
                    cluster.agents().size(),
                    (done - begun) / MILLIS_PER_SECOND,
                    (done - connected) / MILLIS_PER_SECOND,
                    cpuMillis() / MILLIS_PER_SECOND,
                    heap.getUsed() / MEBI);
        }
    }

    private static long cpuMillis() {
        return ProcessHandle.current().info().totalCpuDuration().map(Duration::toMillis).orElse(0L);
    }

    static DatabaseJournal journal(TestDatabase database) {
        return new DatabaseJournal(
                database.dataSource(),
                new Connector(DatabaseAddress.of(database.jdbcUrl()), "recovery", TIMEOUT),
                Durability::check,
                Build.running(),
                new JournalMeters(new SimpleMeterRegistry()));
    }

    private static long mebi(TestDatabase database, String query) {
        return Long.parseLong(database.text(query)) / MEBI;
    }
}
