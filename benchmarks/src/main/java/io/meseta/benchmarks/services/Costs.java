package io.meseta.benchmarks.services;

import io.meseta.testkit.database.TestDatabase;
import java.util.Map;
import java.util.TreeMap;

/// What services cost that share a PostgreSQL with nobody else.
public final class Costs {

    /// A backend of ours has ended by the time that it would be looked at; this one stays.
    private static final String STAYS =
            "SELECT pid::text FROM pg_stat_activity WHERE backend_type = 'checkpointer'";

    private static final String WAL =
            "SELECT (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint::text";

    private final TestDatabase database;
    private final Map<String, ProcessHandle> services;

    /// @param services by what they are called in a report
    public Costs(TestDatabase database, Map<String, ProcessHandle> services) {
        this.database = database;
        this.services = Map.copyOf(services);
    }

    /// Seconds of CPU so far, of the services, of PostgreSQL and of this process.
    public Map<String, Double> cpuSeconds() {
        var times = new TreeMap<String, Double>();
        services.forEach((name, process) -> times.put(name, CpuTime.of(process)));
        times.put("this load", CpuTime.of(ProcessHandle.current()));
        times.put(
                "PostgreSQL",
                ProcessHandle.of(Long.parseLong(database.text(STAYS)))
                        .flatMap(ProcessHandle::parent)
                        .map(CpuTime::ofFamily)
                        .orElse(0.0));
        return times;
    }

    /// How far the write-ahead log has come, in bytes.
    public long walBytes() {
        return Long.parseLong(database.text(WAL));
    }
}
