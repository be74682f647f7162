package io.meseta.master.journal.codec;

import static io.meseta.master.journal.codec.PlainRows.known;
import static io.meseta.master.journal.codec.PlainRows.require;
import static io.meseta.master.journal.codec.PlainRows.toInstant;

import io.meseta.allocator.rule.Sharing;
import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.cluster.Completed;
import io.meseta.master.core.cluster.Durable;
import io.meseta.master.core.executor.Executor;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.operation.OrderedOperation;
import io.meseta.master.core.reign.Reign;
import io.meseta.master.core.role.Roles;
import io.meseta.master.core.task.CompletedTask;
import io.meseta.master.core.task.Task;
import io.meseta.master.engine.Snapshot;
import io.meseta.master.journal.v1.FooterRow;
import io.meseta.master.journal.v1.HeaderRow;
import io.meseta.master.journal.v1.SnapshotRow;
import io.meseta.model.FrameworkId;
import io.meseta.model.Role;
import io.meseta.model.Weight;
import io.meseta.model.quota.Quota;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A snapshot of which the first rows have been read.
final class SnapshotReading {

    private static final String UNKNOWN_BUILD = "unknown";

    private final List<Framework> frameworks = new ArrayList<>();
    private final List<Agent> agents = new ArrayList<>();
    private final List<Task> tasks = new ArrayList<>();
    private final List<OrderedOperation> operations = new ArrayList<>();
    private final List<Executor> executors = new ArrayList<>();
    private final SortedMap<Role, Weight> weights = new TreeMap<>();
    private final SortedMap<Role, Quota> quotas = new TreeMap<>();
    private final SortedMap<Role, Sharing> sharings = new TreeMap<>();
    private final List<FrameworkId> endedIds = new ArrayList<>();
    private final List<Completed.Ended> ended = new ArrayList<>();
    private final List<CompletedTask> completed = new ArrayList<>();
    private final UpkeepRows.Reading upkeep = new UpkeepRows.Reading();
    private final Build reader;
    private @Nullable HeaderRow header;
    private @Nullable Reign reign;
    private long rows;
    private boolean isComplete;

    SnapshotReading(Build reader) {
        this.reader = reader;
    }

    void take(SnapshotRow row) {
        known(row);
        switch (row.getPartCase()) {
            case HEADER -> header = checked(row.getHeader());
            case REIGN -> reign = StateRows.toReign(row.getReign());
            case FRAMEWORK -> frameworks.add(FrameworkRows.toFramework(row.getFramework()));
            case AGENT -> agents.add(AgentRows.toAgent(row.getAgent()));
            case TASK -> tasks.add(TaskRows.toTask(row.getTask()));
            case EXECUTOR -> executors.add(ExecutorRows.toExecutor(row.getExecutor()));
            case OPERATION -> operations.add(OperationRows.toOperation(row.getOperation()));
            case ENDED_ID -> endedIds.add(new FrameworkId(row.getEndedId()));
            case ENDED_FRAMEWORK -> ended.add(StateRows.toEnded(row.getEndedFramework()));
            case COMPLETED_TASK -> completed.add(StateRows.toCompleted(row.getCompletedTask()));
            case WEIGHT -> RoleRows.addWeight(row.getWeight(), weights);
            case QUOTA -> RoleRows.addQuota(row.getQuota(), quotas);
            case SHARING -> SharingRows.add(row.getSharing(), sharings);
            case DEACTIVATION -> upkeep.take(row.getDeactivation());
            case DEPARTED -> upkeep.take(row.getDeparted());
            case WINDOW -> upkeep.take(row.getWindow());
            case DOWN_MACHINE -> upkeep.take(row.getDownMachine());
            case FOOTER -> end(known(row.getFooter()));
            case PART_NOT_SET -> throw new UnknownContent("a part of a snapshot has no kind");
        }
        rows++;
    }

    boolean isComplete() {
        return isComplete;
    }

    /// Which build has written it, as far as that has been read.
    String build() {
        return header == null ? UNKNOWN_BUILD : header.getBuild();
    }

    Snapshot snapshot() {
        var first = header;
        var leader = reign;
        if (first == null || leader == null || !first.hasAt())
            throw new UnknownContent("the header or the reign is missing");
        var state =
                new Durable(
                        leader.raisedTo(LevelRows.toLevel(first.getLevel())),
                        frameworks,
                        agents,
                        tasks,
                        operations,
                        Completed.of(endedIds, ended, completed),
                        Roles.of(weights, quotas, sharings),
                        upkeep.upkeep(),
                        executors);
        return new Snapshot(first.getSequence(), toInstant(first.getAt()), state.toCluster());
    }

    /// Before any row that may be of a level which this build does not know.
    private HeaderRow checked(HeaderRow row) {
        var level = LevelRows.toLevel(row.getLevel());
        if (!reader.levels().reads(level))
            throw new BeyondLevel(reader.cannotRead("a snapshot", level, row.getBuild()));
        return known(row);
    }

    private void end(FooterRow footer) {
        require(footer.getRows() == rows, "a row of a snapshot");
        isComplete = true;
    }
}
