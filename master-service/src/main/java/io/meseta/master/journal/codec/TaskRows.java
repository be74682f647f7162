package io.meseta.master.journal.codec;

import static io.meseta.master.journal.codec.PlainRows.known;
import static io.meseta.master.journal.codec.PlainRows.require;
import static io.meseta.master.journal.codec.PlainRows.row;
import static io.meseta.master.journal.codec.PlainRows.toInstant;
import static io.meseta.master.journal.codec.PlainRows.toOpaque;
import static io.meseta.master.journal.codec.PlainRows.toOptionalUuid;
import static io.meseta.master.journal.codec.PlainRows.toTaskKey;
import static io.meseta.master.journal.codec.PlainRows.toUuid;

import io.meseta.master.core.task.Home;
import io.meseta.master.core.task.Placement;
import io.meseta.master.core.task.Status;
import io.meseta.master.core.task.StatusTrail;
import io.meseta.master.core.task.Task;
import io.meseta.master.core.task.TaskEvent;
import io.meseta.master.core.task.TaskEvent.EndAcknowledged;
import io.meseta.master.core.task.TaskEvent.KillWanted;
import io.meseta.master.core.task.TaskEvent.StatusDeclared;
import io.meseta.master.core.task.TaskEvent.StatusReceived;
import io.meseta.master.core.task.TaskEvent.TaskLaunched;
import io.meseta.master.core.task.TaskSpec;
import io.meseta.master.core.task.WantedKill;
import io.meseta.master.journal.v1.EndAcknowledgedRow;
import io.meseta.master.journal.v1.EventRow;
import io.meseta.master.journal.v1.KillWantedRow;
import io.meseta.master.journal.v1.PlacementRow;
import io.meseta.master.journal.v1.StatusDeclaredRow;
import io.meseta.master.journal.v1.StatusReasonRow;
import io.meseta.master.journal.v1.StatusReceivedRow;
import io.meseta.master.journal.v1.StatusRow;
import io.meseta.master.journal.v1.TaskLaunchedRow;
import io.meseta.master.journal.v1.TaskRow;
import io.meseta.master.journal.v1.TaskSpecRow;
import io.meseta.master.journal.v1.WantedKillRow;
import io.meseta.model.AgentId;
import io.meseta.model.Priority;
import io.meseta.model.Role;
import io.meseta.model.TaskId;
import io.meseta.model.status.StatusReason;
import java.util.Optional;
import org.pcollections.TreePVector;

/// Tasks and what can happen to them.
final class TaskRows {

    private TaskRows() {}

    static EventRow of(TaskEvent event) {
        var row = EventRow.newBuilder();
        switch (event) {
            case TaskLaunched(var key, var spec, var placement) ->
                    row.setTaskLaunched(
                            TaskLaunchedRow.newBuilder()
                                    .setTask(row(key))
                                    .setSpec(of(spec))
                                    .setPlacement(of(placement)));
            case StatusReceived(var key, var status, var newest, var at) ->
                    row.setStatusReceived(
                            StatusReceivedRow.newBuilder()
                                    .setTask(row(key))
                                    .setStatus(of(status))
                                    .setNewest(Codes.TASK_STATES.of(newest))
                                    .setAt(row(at)));
            case StatusDeclared(var key, var status) ->
                    row.setStatusDeclared(
                            StatusDeclaredRow.newBuilder().setTask(row(key)).setStatus(of(status)));
            case EndAcknowledged(var key, var uuid, var at) ->
                    row.setEndAcknowledged(
                            EndAcknowledgedRow.newBuilder()
                                    .setTask(row(key))
                                    .setUuid(row(uuid))
                                    .setAt(row(at)));
            case KillWanted(var key, var kill, var at) ->
                    row.setKillWanted(
                            KillWantedRow.newBuilder()
                                    .setTask(row(key))
                                    .setKill(of(kill))
                                    .setAt(row(at)));
            case TaskEvent.StatusRepeated _,
                    TaskEvent.StatusAcknowledged _,
                    TaskEvent.StatusAnswered _,
                    TaskEvent.StrayReported _ ->
                    throw EventRows.passing(event);
        }
        return row.build();
    }

    static TaskLaunched toEvent(TaskLaunchedRow row) {
        known(row);
        require(row.hasTask() && row.hasSpec() && row.hasPlacement(), "a part of a launch");
        return new TaskLaunched(
                toTaskKey(row.getTask()), toSpec(row.getSpec()), toPlacement(row.getPlacement()));
    }

    static StatusReceived toEvent(StatusReceivedRow row) {
        known(row);
        require(row.hasTask() && row.hasStatus() && row.hasAt(), "a part of a report");
        return new StatusReceived(
                toTaskKey(row.getTask()),
                toStatus(row.getStatus()),
                Codes.TASK_STATES.from(row.getNewest()),
                toInstant(row.getAt()));
    }

    static StatusDeclared toEvent(StatusDeclaredRow row) {
        known(row);
        require(row.hasTask() && row.hasStatus(), "a part of a declaration");
        return new StatusDeclared(toTaskKey(row.getTask()), toStatus(row.getStatus()));
    }

    static EndAcknowledged toEvent(EndAcknowledgedRow row) {
        known(row);
        require(row.hasTask() && row.hasAt(), "a part of an acknowledgement");
        return new EndAcknowledged(
                toTaskKey(row.getTask()), toUuid(row.getUuid()), toInstant(row.getAt()));
    }

    static KillWanted toEvent(KillWantedRow row) {
        known(row);
        require(row.hasTask() && row.hasKill() && row.hasAt(), "a part of a wanted kill");
        return new KillWanted(
                toTaskKey(row.getTask()), toKill(row.getKill()), toInstant(row.getAt()));
    }

    /// Without its acknowledgements: they are not durable.
    static TaskRow of(Task task) {
        var row =
                TaskRow.newBuilder()
                        .setKey(row(task.key()))
                        .setSpec(of(task.spec()))
                        .setPlacement(of(task.placement()))
                        .setState(Codes.TASK_STATES.of(task.state()));
        for (var status : task.trail().changes()) row.addChanges(of(status));
        task.kill().ifPresent(kill -> row.setKill(of(kill)));
        return row.build();
    }

    static Task toTask(TaskRow row) {
        known(row);
        require(row.hasKey() && row.hasSpec() && row.hasPlacement(), "a part of a task");
        var changes =
                TreePVector.from(row.getChangesList().stream().map(TaskRows::toStatus).toList());
        return new Task(
                toTaskKey(row.getKey()),
                toSpec(row.getSpec()),
                toPlacement(row.getPlacement()),
                Codes.TASK_STATES.from(row.getState()),
                StatusTrail.of(changes),
                row.hasKill() ? Optional.of(toKill(row.getKill())) : Optional.empty());
    }

    private static TaskSpecRow of(TaskSpec spec) {
        var row =
                TaskSpecRow.newBuilder()
                        .setId(spec.id().value())
                        .setName(spec.name())
                        .setRole(spec.role().name())
                        .addAllResources(ResourceRows.of(spec.resources()))
                        .setWire(row(spec.wire()));
        ExecutorRows.of(spec.home()).ifPresent(row::setHome);
        spec.priority().ifPresent(priority -> row.setPriority(priority.value()));
        return row.build();
    }

    private static TaskSpec toSpec(TaskSpecRow row) {
        known(row);
        return new TaskSpec(
                new TaskId(row.getId()),
                row.getName(),
                new Role(row.getRole()),
                ResourceRows.toResources(row.getResourcesList()),
                toOpaque(row.getWire()),
                row.hasHome() ? ExecutorRows.toHome(row.getHome()) : new Home.Own(),
                row.hasPriority()
                        ? Optional.of(new Priority(row.getPriority()))
                        : Optional.empty());
    }

    private static PlacementRow of(Placement placement) {
        return PlacementRow.newBuilder()
                .setAgent(placement.agent().value())
                .setOrder(placement.order())
                .setAt(row(placement.at()))
                .build();
    }

    private static Placement toPlacement(PlacementRow row) {
        known(row);
        require(row.hasAt(), "a launch's time");
        return new Placement(new AgentId(row.getAgent()), row.getOrder(), toInstant(row.getAt()));
    }

    private static StatusRow of(Status status) {
        var origin = status.origin();
        var row =
                StatusRow.newBuilder()
                        .setState(Codes.TASK_STATES.of(status.state()))
                        .setSource(Codes.SOURCES.of(origin.source()))
                        .setAt(row(origin.at()))
                        .setMessage(status.message())
                        .setWire(row(status.wire()));
        origin.reason().ifPresent(reason -> row.setReason(Codes.REASONS.of(reason)));
        status.uuid().ifPresent(uuid -> row.setUuid(row(uuid)));
        return row.build();
    }

    private static Status toStatus(StatusRow row) {
        known(row);
        require(row.hasAt(), "a status's time");
        var origin =
                new Status.Origin(
                        Codes.SOURCES.from(row.getSource()),
                        toReason(row.getReason()),
                        toInstant(row.getAt()));
        return new Status(
                Codes.TASK_STATES.from(row.getState()),
                origin,
                row.getMessage(),
                toOptionalUuid(row.getUuid()),
                toOpaque(row.getWire()));
    }

    private static Optional<StatusReason> toReason(StatusReasonRow.Code code) {
        return code == StatusReasonRow.Code.UNSPECIFIED
                ? Optional.empty()
                : Optional.of(Codes.REASONS.from(code));
    }

    private static WantedKillRow of(WantedKill kill) {
        var row = WantedKillRow.newBuilder().setOrder(kill.order()).setPolicy(row(kill.policy()));
        kill.preemption().map(PreemptionRows::of).ifPresent(row::setPreemption);
        return row.build();
    }

    private static WantedKill toKill(WantedKillRow row) {
        known(row);
        return new WantedKill(
                row.getOrder(),
                toOpaque(row.getPolicy()),
                row.hasPreemption()
                        ? Optional.of(PreemptionRows.toPreemption(row.getPreemption()))
                        : Optional.empty());
    }
}
