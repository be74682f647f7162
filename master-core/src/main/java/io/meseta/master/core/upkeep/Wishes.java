package io.meseta.master.core.upkeep;

import io.meseta.master.core.agent.Agent;
import io.meseta.model.AgentCapability;
import io.meseta.model.AgentId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// What becomes of an operator's wish.
public final class Wishes {

    private Wishes() {}

    /// Why the wish can't be fulfilled.
    public static Optional<UpkeepRefusal> refusal(Premises premises, UpkeepWish wish) {
        var upkeep = premises.upkeep();
        return switch (wish) {
            case UpkeepWish.DeactivateAgent(var id) -> unknown(premises, id);
            case UpkeepWish.ReactivateAgent(var id) -> {
                if (!upkeep.isDeactivated(id))
                    yield Optional.of(new UpkeepRefusal.NotDeactivated(id));
                yield upkeep.isDraining(id)
                        ? Optional.of(new UpkeepRefusal.StillDraining(id))
                        : Optional.empty();
            }
            case UpkeepWish.DrainAgent(var id, _, _) ->
                    premises.agent(id)
                            .map(agent -> undrainable(premises, agent))
                            .orElseGet(() -> Optional.of(new UpkeepRefusal.AgentUnknown(id)));
            case UpkeepWish.CancelDrain(var id) ->
                    unknown(premises, id)
                            .or(() ->
                                    upkeep.isDraining(id)
                                            ? Optional.empty()
                                            : Optional.of(new UpkeepRefusal.NotDraining(id)));
            case UpkeepWish.MarkGone(var id) ->
                    upkeep.gone().has(id) ? Optional.empty() : unknown(premises, id);
            case UpkeepWish.SetSchedule(var windows) -> unschedulable(premises, windows);
            case UpkeepWish.TakeDown(var machines) ->
                    unfit(
                            upkeep.maintenance(),
                            machines,
                            Maintenance.Mode.DRAINING,
                            UpkeepRefusal.Problem.NOT_DRAINING,
                            premises);
            case UpkeepWish.BringUp(var machines) ->
                    unfit(
                            upkeep.maintenance(),
                            machines,
                            Maintenance.Mode.DOWN,
                            UpkeepRefusal.Problem.NOT_DOWN,
                            premises);
        };
    }

    private static Optional<UpkeepRefusal> unknown(Premises premises, AgentId id) {
        return premises.agent(id).isPresent()
                ? Optional.empty()
                : Optional.of(new UpkeepRefusal.AgentUnknown(id));
    }

    private static Optional<UpkeepRefusal> undrainable(Premises premises, Agent agent) {
        if (!agent.profile().capabilities().contains(AgentCapability.AGENT_DRAINING))
            return Optional.of(new UpkeepRefusal.CannotDrain(agent.id()));
        return premises.upkeep().maintenance().isScheduled(Premises.machine(agent))
                ? Optional.of(new UpkeepRefusal.UnderMaintenance(agent.id()))
                : Optional.empty();
    }

    private static Optional<UpkeepRefusal> unschedulable(Premises premises, List<Window> windows) {
        var named = new TreeSet<MachineId>();
        for (var window : windows) named.addAll(window.machines());
        for (var down : premises.upkeep().maintenance().in(Maintenance.Mode.DOWN))
            if (!named.contains(down)) return unfit(down, UpkeepRefusal.Problem.DOWN_AND_LEFT_OUT);
        for (var id : premises.upkeep().draining()) {
            var machine = premises.agent(id).map(Premises::machine).filter(named::contains);
            if (machine.isPresent())
                return unfit(machine.get(), UpkeepRefusal.Problem.AGENT_DRAINING);
        }
        return Optional.empty();
    }

    private static Optional<UpkeepRefusal> unfit(
            Maintenance maintenance,
            List<MachineId> machines,
            Maintenance.Mode expected,
            UpkeepRefusal.Problem otherwise,
            Premises premises) {
        for (var machine : machines) {
            var mode = maintenance.mode(machine);
            if (mode.filter(expected::equals).isPresent()) continue;
            boolean isKnown = mode.isPresent() || !premises.on(List.of(machine)).isEmpty();
            return unfit(machine, isKnown ? otherwise : UpkeepRefusal.Problem.NOT_SCHEDULED);
        }
        return Optional.empty();
    }

    private static Optional<UpkeepRefusal> unfit(MachineId machine, UpkeepRefusal.Problem problem) {
        return Optional.of(new UpkeepRefusal.MachineUnfit(machine, problem));
    }

    /// What follows from a wish that is not refused.
    public static List<Consequence> consequences(Premises premises, UpkeepWish wish, Instant at) {
        var upkeep = premises.upkeep();
        var events = new ArrayList<Consequence>();
        switch (wish) {
            case UpkeepWish.DeactivateAgent(var id) -> {
                if (upkeep.isDeactivated(id)) break;
                events.addAll(Withdrawing.from(premises, List.of(id)));
                add(events, new UpkeepEvent.AgentDeactivated(id, at));
            }
            case UpkeepWish.ReactivateAgent(var id) ->
                    add(events, new UpkeepEvent.AgentReactivated(id, at));
            case UpkeepWish.CancelDrain(var id) ->
                    add(events, new UpkeepEvent.AgentReactivated(id, at));
            case UpkeepWish.DrainAgent(var id, var graceMax, var marksGone) -> {
                events.addAll(Withdrawing.from(premises, List.of(id)));
                add(events, new UpkeepEvent.DrainBegun(id, Drain.begun(graceMax, marksGone, at)));
            }
            case UpkeepWish.MarkGone(var id) -> {
                if (!upkeep.gone().has(id)) events.addAll(Departing.gone(premises, id, at));
            }
            case UpkeepWish.SetSchedule(var windows) -> {
                var machines = new TreeSet<MachineId>();
                for (var window : upkeep.maintenance().windows())
                    machines.addAll(window.machines());
                for (var window : windows) machines.addAll(window.machines());
                events.addAll(Withdrawing.from(premises, ids(premises.on(machines))));
                add(events, new UpkeepEvent.ScheduleSet(windows, at));
            }
            case UpkeepWish.TakeDown(var machines) -> {
                for (var agent : premises.on(machines))
                    events.addAll(
                            Departing.removed(premises, agent, UpkeepEvent.Cause.MACHINE_DOWN, at));
                add(events, new UpkeepEvent.MachinesTakenDown(machines, at));
            }
            case UpkeepWish.BringUp(var machines) ->
                    add(events, new UpkeepEvent.MachinesBroughtUp(machines, at));
        }
        return events;
    }

    private static List<AgentId> ids(List<Agent> agents) {
        return agents.stream().map(Agent::id).toList();
    }

    private static void add(List<Consequence> events, UpkeepEvent event) {
        events.add(new Consequence.ForUpkeep(event));
    }
}
