package io.meseta.benchmarks.recovery;

import io.meseta.benchmarks.placements.Hellos;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.engine.Replay;
import io.meseta.master.engine.Snapshot;
import io.meseta.mesos.v1.TaskState;
import io.meseta.testkit.database.TestDatabase;
import io.meseta.wire.agent.Hello;
import java.time.Instant;
import org.flywaydb.core.Flyway;

/// A cluster that runs tasks as if for long, as a journal and as what its agents say of themselves.
///
/// Each agent has room for two CPUs more than ten tasks take.
///
/// @param tasksEach how many each agent runs; with 0 there is nothing to save
public record LiveCluster(int agents, int tasksEach) {

    private static final int TASKS_PER_ENTRY = 100;

    public LiveCluster {
        if (tasksEach < 0 || tasksEach >= Years.CPUS)
            throw new IllegalArgumentException("an agent holds 0 to 11 tasks");
    }

    public boolean isEmpty() {
        return tasksEach == 0;
    }

    public int tasks() {
        return agents * tasksEach;
    }

    /// Writes it into an empty database, as a snapshot after which nothing has happened.
    public void save(TestDatabase database) {
        Flyway.configure().dataSource(database.dataSource()).load().migrate();
        var years = Years.on(agents);
        var replay = new Replay(Cluster.EMPTY, 1).after(years.beginning());
        for (int i = 0; i < tasks(); i += TASKS_PER_ENTRY)
            replay = replay.after(years.launched(Math.min(TASKS_PER_ENTRY, tasks() - i)));
        try (var journal = Recovery.journal(database)) {
            journal.raise(Years.EPOCH);
            // As if all of it had been appended and let go of since.
            database.run("UPDATE journal_head SET next_sequence = " + (years.sequence() + 1));
            journal.save(new Snapshot(years.sequence(), Instant.now(), replay.cluster()));
        }
    }

    /// What that agent says first when it meets its master again.
    ///
    /// @param number from 0
    public Hello hello(int number) {
        var hello = Hellos.of("host-" + number, Years.CPUS, Years.MEM_MB).toBuilder();
        hello.getAgentIdBuilder().setValue(Years.agent(number).value());
        hello.setEpochSeen(Years.EPOCH.number());
        for (int i = 0; i < tasksEach; i++) {
            long task = (long) i * agents + number;
            var key = Years.key(task);
            var held = hello.addTasksBuilder();
            held.getFrameworkIdBuilder().setValue(key.framework().value());
            held.getTaskIdBuilder().setValue(key.task().value());
            held.setState(TaskState.TASK_RUNNING).setLaunchOrder(Years.order(task));
            hello.setOrderSeen(Years.order(task));
        }
        return hello.build();
    }
}
