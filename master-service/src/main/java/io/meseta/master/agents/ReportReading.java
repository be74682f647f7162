package io.meseta.master.agents;

import io.meseta.master.core.agent.LinkId;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.operation.Outcome;
import io.meseta.master.core.task.Status;
import io.meseta.master.wire.Sealed;
import io.meseta.master.wire.Unacceptable;
import io.meseta.master.wire.WireIds;
import io.meseta.master.wire.WireNames;
import io.meseta.mesos.v1.ExecutorID;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.model.AgentId;
import io.meseta.model.ExecutorId;
import io.meseta.model.ExecutorKey;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.OperationState;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import io.meseta.model.status.StatusReason;
import io.meseta.wire.agent.ExecutorEnded;
import io.meseta.wire.agent.HeldExecutor;
import io.meseta.wire.agent.OperationOutcome;
import io.meseta.wire.agent.Report;
import io.meseta.wire.agent.Reports;
import io.meseta.wire.agent.StatusUpdate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads what an agent reports.
final class ReportReading {

    /// More than an agent has reason to say at once.
    static final int REPORTS_MAX = 10_000;

    private static final int MESSAGE_CHARACTERS_MAX = 10_000;

    /// In the year 2255, well before 64 bits of nanoseconds end.
    private static final double SECONDS_MAX = 9_000_000_000.0;

    private static final double MICROS_PER_SECOND = 1e6;
    private static final int MICROS_PER_MILLI = 1_000;

    private final AgentId agent;
    private final LinkId link;

    ReportReading(AgentId agent, LinkId link) {
        this.agent = agent;
        this.link = link;
    }

    List<Command.FromAgent> read(Reports wire) throws Unacceptable {
        if (wire.getReportsCount() > REPORTS_MAX)
            throw new Unacceptable("Expecting at most " + REPORTS_MAX + " reports");
        var reports = new ArrayList<Command.FromAgent>(wire.getReportsCount());
        for (var each : wire.getReportsList()) reports.add(read(each));
        return reports;
    }

    private Command.FromAgent read(Report report) throws Unacceptable {
        return switch (report.getReportCase()) {
            case STATUS_UPDATE -> read(report.getStatusUpdate());
            case OPERATION_OUTCOME ->
                    new Command.ReportOperation(agent, link, read(report.getOperationOutcome()));
            case EXECUTOR_ENDED -> read(report.getExecutorEnded());
            case EXECUTOR_MESSAGE -> {
                var message = report.getExecutorMessage();
                yield new Command.ReportMessage(
                        agent,
                        link,
                        executor(message.getFrameworkId(), message.getExecutorId()),
                        Opaque.of(message.getData().asReadOnlyByteBuffer()));
            }
            case REPORT_NOT_SET ->
                    throw new Unacceptable(
                            "Report "
                                    + Long.toUnsignedString(report.getNumber())
                                    + " says nothing that is known here");
        };
    }

    static ExecutorKey executor(FrameworkID framework, ExecutorID executor) throws Unacceptable {
        return new ExecutorKey(
                WireIds.read(framework.getValue(), FrameworkId::new),
                WireIds.read(executor.getValue(), ExecutorId::new));
    }

    static Command.HeldExecutor read(HeldExecutor held) throws Unacceptable {
        if (held.getLaunchOrder() <= 0)
            throw new Unacceptable("Expecting 'launch_order' to be the number of an order");
        return new Command.HeldExecutor(
                executor(held.getFrameworkId(), held.getExecutorId()), held.getLaunchOrder());
    }

    private Command.FromAgent read(ExecutorEnded ended) throws Unacceptable {
        if (ended.getOrderSeen() < 0)
            throw new Unacceptable("Expecting 'order_seen' to fit into 63 bits");
        return new Command.ReportExecutorEnd(
                agent,
                link,
                read(ended.getExecutor()),
                ended.hasStatus() ? Optional.of(ended.getStatus()) : Optional.empty(),
                ended.getOrderSeen());
    }

    static Outcome read(OperationOutcome outcome) throws Unacceptable {
        if (outcome.getOrder() <= 0)
            throw new Unacceptable("Expecting 'order' to be the number of an order");
        var state = WireNames.of(outcome.getState());
        if (!state.isTerminal() && state != OperationState.OPERATION_PENDING)
            throw new Unacceptable("Expecting 'state' to be one in which an operation ends");
        if (outcome.getMessage().length() > MESSAGE_CHARACTERS_MAX)
            throw new Unacceptable(
                    "Expecting 'message' to have at most "
                            + MESSAGE_CHARACTERS_MAX
                            + " characters");
        return new Outcome(outcome.getOrder(), state, outcome.getMessage());
    }

    private Command.Report read(StatusUpdate update) throws Unacceptable {
        var wire = update.getStatus();
        var key =
                new TaskKey(
                        WireIds.read(update.getFrameworkId().getValue(), FrameworkId::new),
                        WireIds.read(wire.getTaskId().getValue(), TaskId::new));
        var uuid = WireIds.uuid(wire.getUuid().toByteArray());
        var origin =
                new Status.Origin(
                        WireNames.of(
                                wire.hasSource()
                                        ? wire.getSource()
                                        : TaskStatus.Source.SOURCE_AGENT),
                        reason(wire),
                        at(wire.getTimestamp()));
        var status =
                new Status(
                        WireNames.of(wire.getState()),
                        origin,
                        wire.getMessage(),
                        Optional.of(uuid),
                        Sealed.seal(wire));
        var newest = WireNames.of(update.getLatestState());
        return new Command.Report(agent, link, key, status, newest, update.getLaunchOrder());
    }

    private static Optional<StatusReason> reason(TaskStatus wire) {
        return wire.hasReason() ? WireNames.of(wire.getReason()) : Optional.empty();
    }

    private static Instant at(double seconds) throws Unacceptable {
        if (!(seconds >= 0 && seconds <= SECONDS_MAX))
            throw new Unacceptable("Expecting 'timestamp' to be seconds since 1970");
        long micros = Math.round(seconds * MICROS_PER_SECOND);
        return Instant.EPOCH.plusNanos(Math.multiplyExact(micros, MICROS_PER_MILLI));
    }
}
