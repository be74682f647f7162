package io.meseta.master.journal.codec;

import static io.meseta.master.journal.codec.PlainRows.known;
import static io.meseta.master.journal.codec.PlainRows.require;
import static io.meseta.master.journal.codec.PlainRows.row;
import static io.meseta.master.journal.codec.PlainRows.toDuration;
import static io.meseta.master.journal.codec.PlainRows.toInstant;

import io.meseta.master.core.upkeep.Deactivation;
import io.meseta.master.core.upkeep.Departed;
import io.meseta.master.core.upkeep.Drain;
import io.meseta.master.core.upkeep.MachineId;
import io.meseta.master.core.upkeep.Maintenance;
import io.meseta.master.core.upkeep.Unavailability;
import io.meseta.master.core.upkeep.Upkeep;
import io.meseta.master.core.upkeep.UpkeepEvent;
import io.meseta.master.core.upkeep.Window;
import io.meseta.master.journal.v1.AgentDeactivatedRow;
import io.meseta.master.journal.v1.AgentGoneRow;
import io.meseta.master.journal.v1.AgentReactivatedRow;
import io.meseta.master.journal.v1.AgentRemovedRow;
import io.meseta.master.journal.v1.DeactivationRow;
import io.meseta.master.journal.v1.DepartedRow;
import io.meseta.master.journal.v1.DrainBegunRow;
import io.meseta.master.journal.v1.DrainEndedRow;
import io.meseta.master.journal.v1.DrainRow;
import io.meseta.master.journal.v1.EventRow;
import io.meseta.master.journal.v1.GoneElapsedRow;
import io.meseta.master.journal.v1.MachineRow;
import io.meseta.master.journal.v1.MachinesBroughtUpRow;
import io.meseta.master.journal.v1.MachinesTakenDownRow;
import io.meseta.master.journal.v1.ScheduleSetRow;
import io.meseta.master.journal.v1.SnapshotRow;
import io.meseta.master.journal.v1.TimeRow;
import io.meseta.master.journal.v1.WindowRow;
import io.meseta.model.AgentId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/// What operators want of machines.
final class UpkeepRows {

    private UpkeepRows() {}

    static EventRow of(UpkeepEvent event) {
        var written = EventRow.newBuilder();
        switch (event) {
            case UpkeepEvent.AgentDeactivated(var id, var at) ->
                    written.setAgentDeactivated(
                            AgentDeactivatedRow.newBuilder().setAgent(id.value()).setAt(row(at)));
            case UpkeepEvent.AgentReactivated(var id, var at) ->
                    written.setAgentReactivated(
                            AgentReactivatedRow.newBuilder().setAgent(id.value()).setAt(row(at)));
            case UpkeepEvent.DrainBegun(var id, var drain) ->
                    written.setDrainBegun(
                            DrainBegunRow.newBuilder().setAgent(id.value()).setDrain(of(drain)));
            case UpkeepEvent.DrainEnded(var id, var at) ->
                    written.setDrainEnded(
                            DrainEndedRow.newBuilder().setAgent(id.value()).setAt(row(at)));
            case UpkeepEvent.AgentGone(var id, var at) ->
                    written.setAgentGone(
                            AgentGoneRow.newBuilder().setAgent(id.value()).setAt(row(at)));
            case UpkeepEvent.AgentRemoved(var id, var cause, var at) ->
                    written.setAgentRemoved(
                            AgentRemovedRow.newBuilder()
                                    .setAgent(id.value())
                                    .setCause(of(cause))
                                    .setAt(row(at)));
            case UpkeepEvent.GoneElapsed(var at) ->
                    written.setGoneElapsed(GoneElapsedRow.newBuilder().setAt(row(at)));
            case UpkeepEvent.ScheduleSet(var windows, var at) ->
                    written.setScheduleSet(
                            ScheduleSetRow.newBuilder()
                                    .addAllWindows(windows.stream().map(UpkeepRows::of).toList())
                                    .setAt(row(at)));
            case UpkeepEvent.MachinesTakenDown(var machines, var at) ->
                    written.setMachinesTakenDown(
                            MachinesTakenDownRow.newBuilder()
                                    .addAllMachines(of(machines))
                                    .setAt(row(at)));
            case UpkeepEvent.MachinesBroughtUp(var machines, var at) ->
                    written.setMachinesBroughtUp(
                            MachinesBroughtUpRow.newBuilder()
                                    .addAllMachines(of(machines))
                                    .setAt(row(at)));
            case UpkeepEvent.InverseOfferMade _,
                    UpkeepEvent.InverseOfferEnded _,
                    UpkeepEvent.InverseOfferAnswered _,
                    UpkeepEvent.InverseOffersLooked _,
                    UpkeepEvent.LeaversFound _,
                    UpkeepEvent.LossPaced _ ->
                    throw EventRows.passing(event);
        }
        return written.build();
    }

    static UpkeepEvent toEvent(AgentDeactivatedRow row) {
        return new UpkeepEvent.AgentDeactivated(
                new AgentId(known(row).getAgent()), at(row.hasAt(), row.getAt()));
    }

    static UpkeepEvent toEvent(AgentReactivatedRow row) {
        return new UpkeepEvent.AgentReactivated(
                new AgentId(known(row).getAgent()), at(row.hasAt(), row.getAt()));
    }

    static UpkeepEvent toEvent(DrainBegunRow row) {
        require(known(row).hasDrain(), "a drain");
        return new UpkeepEvent.DrainBegun(new AgentId(row.getAgent()), toDrain(row.getDrain()));
    }

    static UpkeepEvent toEvent(DrainEndedRow row) {
        return new UpkeepEvent.DrainEnded(
                new AgentId(known(row).getAgent()), at(row.hasAt(), row.getAt()));
    }

    static UpkeepEvent toEvent(AgentGoneRow row) {
        return new UpkeepEvent.AgentGone(
                new AgentId(known(row).getAgent()), at(row.hasAt(), row.getAt()));
    }

    static UpkeepEvent toEvent(AgentRemovedRow row) {
        return new UpkeepEvent.AgentRemoved(
                new AgentId(known(row).getAgent()),
                toCause(row.getCause()),
                at(row.hasAt(), row.getAt()));
    }

    static UpkeepEvent toEvent(GoneElapsedRow row) {
        return new UpkeepEvent.GoneElapsed(at(known(row).hasAt(), row.getAt()));
    }

    static UpkeepEvent toEvent(ScheduleSetRow row) {
        return new UpkeepEvent.ScheduleSet(
                known(row).getWindowsList().stream().map(UpkeepRows::toWindow).toList(),
                at(row.hasAt(), row.getAt()));
    }

    static UpkeepEvent toEvent(MachinesTakenDownRow row) {
        return new UpkeepEvent.MachinesTakenDown(
                toMachines(known(row).getMachinesList()), at(row.hasAt(), row.getAt()));
    }

    static UpkeepEvent toEvent(MachinesBroughtUpRow row) {
        return new UpkeepEvent.MachinesBroughtUp(
                toMachines(known(row).getMachinesList()), at(row.hasAt(), row.getAt()));
    }

    /// All that is durable, in the order in which it is to be put together.
    static Stream<SnapshotRow> of(Upkeep upkeep) {
        var rows = new ArrayList<SnapshotRow>();
        upkeep.deactivations().forEach((agent, each) -> rows.add(of(agent, each)));
        for (var agent : upkeep.gone().inOrder()) {
            var at = upkeep.gone().at().get(agent);
            if (at == null) continue;
            var departed = DepartedRow.newBuilder().setAgent(agent.value()).setAt(row(at));
            rows.add(SnapshotRow.newBuilder().setDeparted(departed).build());
        }
        for (var window : upkeep.maintenance().windows())
            rows.add(SnapshotRow.newBuilder().setWindow(of(window)).build());
        for (var machine : upkeep.maintenance().in(Maintenance.Mode.DOWN))
            rows.add(SnapshotRow.newBuilder().setDownMachine(of(machine)).build());
        return rows.stream();
    }

    private static SnapshotRow of(AgentId agent, Deactivation each) {
        var deactivation =
                DeactivationRow.newBuilder().setAgent(agent.value()).setSince(row(each.since()));
        each.drain().ifPresent(drain -> deactivation.setDrain(of(drain)));
        return SnapshotRow.newBuilder().setDeactivation(deactivation).build();
    }

    /// Puts together what a snapshot says.
    static final class Reading {

        private PSortedMap<AgentId, Deactivation> deactivations = TreePMap.empty();
        private Departed departed = Departed.NOBODY;
        private final List<Window> windows = new ArrayList<>();
        private final List<MachineId> down = new ArrayList<>();

        void take(DeactivationRow row) {
            require(known(row).hasSince(), "when an agent was deactivated");
            var drain =
                    row.hasDrain() ? Optional.of(toDrain(row.getDrain())) : Optional.<Drain>empty();
            deactivations =
                    deactivations.plus(
                            new AgentId(row.getAgent()),
                            new Deactivation(toInstant(row.getSince()), drain));
        }

        void take(DepartedRow row) {
            departed =
                    departed.with(new AgentId(known(row).getAgent()), at(row.hasAt(), row.getAt()));
        }

        void take(WindowRow row) {
            windows.add(toWindow(row));
        }

        void take(MachineRow row) {
            down.add(toMachine(row));
        }

        Upkeep upkeep() {
            return Upkeep.of(deactivations, departed, Maintenance.of(windows, down));
        }
    }

    private static Instant at(boolean isPresent, TimeRow at) {
        require(isPresent, "when it happened");
        return toInstant(at);
    }

    private static DrainRow of(Drain drain) {
        var drained =
                DrainRow.newBuilder()
                        .setMarksGone(drain.marksGone())
                        .setSince(row(drain.since()))
                        .setIsDone(drain.isDone());
        drain.graceMax().ifPresent(grace -> drained.setGraceMax(row(grace)));
        return drained.build();
    }

    private static Drain toDrain(DrainRow row) {
        require(known(row).hasSince(), "when a drain began");
        return new Drain(
                row.hasGraceMax() ? Optional.of(toDuration(row.getGraceMax())) : Optional.empty(),
                row.getMarksGone(),
                toInstant(row.getSince()),
                row.getIsDone());
    }

    private static AgentRemovedRow.Cause of(UpkeepEvent.Cause cause) {
        return switch (cause) {
            case MACHINE_DOWN -> AgentRemovedRow.Cause.MACHINE_DOWN;
            case UNHEARD_OF -> AgentRemovedRow.Cause.UNHEARD_OF;
        };
    }

    private static UpkeepEvent.Cause toCause(AgentRemovedRow.Cause cause) {
        return switch (cause) {
            case MACHINE_DOWN -> UpkeepEvent.Cause.MACHINE_DOWN;
            case UNHEARD_OF -> UpkeepEvent.Cause.UNHEARD_OF;
            case CAUSE_NONE, UNRECOGNIZED -> throw new UnknownContent("a removal's cause " + cause);
        };
    }

    private static WindowRow of(Window window) {
        var windowed =
                WindowRow.newBuilder()
                        .addAllMachines(of(window.machines()))
                        .setStartNanos(window.unavailability().startNanos());
        window.unavailability().durationNanos().ifPresent(windowed::setDurationNanos);
        return windowed.build();
    }

    private static Window toWindow(WindowRow row) {
        return new Window(
                toMachines(known(row).getMachinesList()),
                new Unavailability(
                        row.getStartNanos(),
                        row.hasDurationNanos()
                                ? OptionalLong.of(row.getDurationNanos())
                                : OptionalLong.empty()));
    }

    private static List<MachineRow> of(List<MachineId> machines) {
        return machines.stream().map(UpkeepRows::of).toList();
    }

    private static MachineRow of(MachineId machine) {
        return MachineRow.newBuilder().setHostname(machine.hostname()).setIp(machine.ip()).build();
    }

    private static List<MachineId> toMachines(List<MachineRow> rows) {
        return rows.stream().map(UpkeepRows::toMachine).toList();
    }

    private static MachineId toMachine(MachineRow row) {
        return new MachineId(known(row).getHostname(), row.getIp());
    }
}
