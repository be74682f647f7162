package io.meseta.benchmarks.recovery;

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
import java.time.Duration;
import java.util.Arrays;
import org.flywaydb.core.Flyway;

/// The command: `bench appends [SECONDS]`. Appends entries to a journal, one after the other as a
/// leader does, and prints how many there were in a second and how long each took.
public final class Appends {

    /// How many tasks live from launch to acknowledgement in one entry; four events each.
    private static final int[] TASKS = {1, 8, 32, 128};

    private static final int EVENTS_PER_TASK = 4;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final int APPENDS_MAX = 2_000_000;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double KIBI = 1 << 10;

    private Appends() {}

    public static void main(String... arguments) throws Exception {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
        try (var server = KillableDatabase.start()) {
            var database = server.database();
            Flyway.configure().dataSource(database.dataSource()).load().migrate();
            var years = Years.withRoomFor(1_000);
            try (var journal = journal(database)) {
                journal.raise(Years.EPOCH);
                journal.append(years.beginning());
                append(database, journal, years, TASKS[0], WARM_UP);
                System.out.println(
                        "| events in an entry | entries/s | events/s | p50 ms | p99 ms | WAL KiB"
                                + " an entry | load |");
                System.out.println("|---|---|---|---|---|---|---|");
                for (int tasks : TASKS)
                    System.out.println(
                            append(database, journal, years, tasks, Duration.ofSeconds(seconds)));
            }
        }
        System.exit(0);
    }

    private static String append(
            TestDatabase database,
            DatabaseJournal journal,
            Years years,
            int tasks,
            Duration length) {
        var took = new long[APPENDS_MAX];
        int count = 0;
        long walBefore = walBytes(database);
        long start = System.nanoTime();
        long end = start + length.toNanos();
        long now = start;
        // What makes an entry is not the journal's: it is left out of the time.
        long making = 0;
        while (now < end && count < took.length) {
            var entry = years.completed(tasks);
            long before = System.nanoTime();
            making += before - now;
            journal.append(entry);
            now = System.nanoTime();
            took[count++] = now - before;
        }
        double spent = (now - start - making) / NANOS_PER_SECOND;
        long wal = walBytes(database) - walBefore;
        Arrays.sort(took, 0, count);
        return "| %d | %.0f | %.0f | %.2f | %.2f | %.1f | %.1f |"
                .formatted(
                        tasks * EVENTS_PER_TASK,
                        count / spent,
                        count * tasks * EVENTS_PER_TASK / spent,
                        took[count / 2] / NANOS_PER_MILLI,
                        took[(int) (count * 0.99)] / NANOS_PER_MILLI,
                        wal / KIBI / count,
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static long walBytes(TestDatabase database) {
        return Long.parseLong(
                database.text("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint::text"));
    }

    private static DatabaseJournal journal(TestDatabase database) {
        return new DatabaseJournal(
                database.dataSource(),
                new Connector(DatabaseAddress.of(database.jdbcUrl()), "meseta-benchmark", TIMEOUT),
                Durability::check,
                new Build("benchmark"),
                new JournalMeters(new SimpleMeterRegistry()));
    }
}
