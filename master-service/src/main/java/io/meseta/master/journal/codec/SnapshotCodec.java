package io.meseta.master.journal.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import io.meseta.master.core.cluster.Durable;
import io.meseta.master.engine.JournalFault;
import io.meseta.master.engine.Snapshot;
import io.meseta.master.journal.v1.FooterRow;
import io.meseta.master.journal.v1.HeaderRow;
import io.meseta.master.journal.v1.SnapshotRow;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// A whole state as a stream of rows, so that neither side ever holds it twice.
public final class SnapshotCodec {

    private final Build build;

    public SnapshotCodec(Build build) {
        this.build = build;
    }

    /// Writes what is durable of the snapshot's state. The stream stays open.
    public void write(Snapshot snapshot, OutputStream out) throws IOException {
        var writing = new Writing(out);
        var header =
                HeaderRow.newBuilder()
                        .setBuild(build.version())
                        .setSequence(snapshot.sequence())
                        .setAt(PlainRows.row(snapshot.at()))
                        .setLevel(LevelRows.of(snapshot.cluster().reign().level()));
        writing.write(SnapshotRow.newBuilder().setHeader(header).build());
        write(snapshot.cluster().durable(), writing);
        var footer = FooterRow.newBuilder().setRows(writing.rows);
        writing.write(SnapshotRow.newBuilder().setFooter(footer).build());
    }

    /// @throws JournalFault.Unreadable if a later build has written it, or it is damaged
    public Snapshot read(InputStream in) throws IOException {
        var reading = new SnapshotReading(build);
        try {
            while (!reading.isComplete()) {
                var row = SnapshotRow.parseDelimitedFrom(in);
                if (row == null) throw new JournalFault.Unreadable("a snapshot ends too early");
                reading.take(row);
            }
            return reading.snapshot();
        } catch (InvalidProtocolBufferException damaged) {
            var cause = damaged.unwrapIOException();
            if (!(cause instanceof InvalidProtocolBufferException)) throw cause;
            throw new JournalFault.Unreadable("a snapshot is damaged", damaged);
        } catch (JournalFault fault) {
            throw fault;
        } catch (BeyondLevel beyond) {
            throw new JournalFault.Unreadable("" + beyond.getMessage(), beyond);
        } catch (RuntimeException unknown) {
            // Also what the values themselves refuse: a later build may have other rules.
            throw new JournalFault.Unreadable(
                    build.cannotRead("a snapshot", reading.build()), unknown);
        }
    }

    private static void write(Durable state, Writing out) throws IOException {
        out.write(SnapshotRow.newBuilder().setReign(StateRows.of(state.reign())).build());
        for (var each : state.roles().weights().entrySet()) {
            var row = RoleRows.of(each.getKey(), each.getValue());
            out.write(SnapshotRow.newBuilder().setWeight(row).build());
        }
        for (var each : state.roles().quotas().entrySet()) {
            var row = RoleRows.of(each.getKey(), each.getValue());
            out.write(SnapshotRow.newBuilder().setQuota(row).build());
        }
        for (var each : state.roles().sharings().entrySet()) {
            var row = SharingRows.of(each.getKey(), each.getValue());
            out.write(SnapshotRow.newBuilder().setSharing(row).build());
        }
        for (var framework : state.frameworks())
            out.write(SnapshotRow.newBuilder().setFramework(FrameworkRows.of(framework)).build());
        for (var agent : state.agents())
            out.write(SnapshotRow.newBuilder().setAgent(AgentRows.of(agent)).build());
        for (var task : state.tasks())
            out.write(SnapshotRow.newBuilder().setTask(TaskRows.of(task)).build());
        for (var executor : state.executors())
            out.write(SnapshotRow.newBuilder().setExecutor(ExecutorRows.of(executor)).build());
        for (var operation : state.operations())
            out.write(SnapshotRow.newBuilder().setOperation(OperationRows.of(operation)).build());
        for (var row : UpkeepRows.of(state.upkeep()).toList()) out.write(row);
        var completed = state.completed();
        for (var id : completed.idsInOrder())
            out.write(SnapshotRow.newBuilder().setEndedId(id.value()).build());
        for (var ended : completed.frameworks())
            out.write(SnapshotRow.newBuilder().setEndedFramework(StateRows.of(ended)).build());
        for (var tasks : completed.tasks().values())
            for (var task : tasks)
                out.write(SnapshotRow.newBuilder().setCompletedTask(StateRows.of(task)).build());
    }

    private static final class Writing {

        private final OutputStream out;
        private long rows;

        Writing(OutputStream out) {
            this.out = out;
        }

        void write(SnapshotRow row) throws IOException {
            row.writeDelimitedTo(out);
            rows++;
        }
    }
}
