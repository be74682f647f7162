package io.meseta.master.maintenance;

import io.meseta.authorization.Action;
import io.meseta.authorization.Verdict;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Decision;
import io.meseta.master.core.cluster.Refusal;
import io.meseta.master.core.upkeep.MachineId;
import io.meseta.master.core.upkeep.UpkeepRefusal;
import io.meseta.master.core.upkeep.UpkeepWish;
import io.meseta.master.core.upkeep.Window;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.WriterDoor;
import io.meseta.master.engine.Lane;
import io.meseta.master.leadership.Leadership.Role.Leading;
import io.meseta.master.rights.Rights;
import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.v1.MachineID;
import io.meseta.mesos.v1.maintenance.Schedule;
import io.meseta.model.AgentId;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Puts an operator's wish to the writer, if the operator may have it, and answers in Mesos' words.
final class UpkeepDesk {

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    private final Exchange exchange;
    private final Leading leading;
    private final Rights rights;

    UpkeepDesk(Exchange exchange, Leading leading, Rights rights) {
        this.exchange = exchange;
        this.leading = leading;
        this.rights = rights;
    }

    void schedule(Schedule schedule) throws IOException {
        List<Window> windows;
        try {
            windows = MachineReading.windows(schedule);
        } catch (Unacceptable bad) {
            exchange.text(BAD_REQUEST, bad.getMessage());
            return;
        }
        // Whoever replaces the schedule takes machines out of it, too.
        var machines = new TreeSet<MachineId>();
        for (var window : leading.writer().view().cluster().upkeep().maintenance().windows())
            machines.addAll(window.machines());
        for (var window : windows) machines.addAll(window.machines());
        if (may(Action.UPDATE_MAINTENANCE_SCHEDULE, machines))
            submit(new UpkeepWish.SetSchedule(windows));
    }

    void takeDown(List<MachineID> wire) throws IOException {
        var machines = machines(wire);
        if (machines.isPresent() && may(Action.START_MAINTENANCE, machines.get()))
            submit(new UpkeepWish.TakeDown(machines.get()));
    }

    void bringUp(List<MachineID> wire) throws IOException {
        var machines = machines(wire);
        if (machines.isPresent() && may(Action.STOP_MAINTENANCE, machines.get()))
            submit(new UpkeepWish.BringUp(machines.get()));
    }

    void deactivate(AgentId agent) throws IOException {
        if (may(Action.DEACTIVATE_AGENT, agent)) submit(new UpkeepWish.DeactivateAgent(agent));
    }

    void reactivate(AgentId agent) throws IOException {
        if (may(Action.REACTIVATE_AGENT, agent)) submit(new UpkeepWish.ReactivateAgent(agent));
    }

    void drain(UpkeepWish.DrainAgent drain) throws IOException {
        if (!may(Action.DRAIN_AGENT, drain.agent())) return;
        if (drain.marksGone() && !may(Action.MARK_AGENT_GONE, drain.agent())) return;
        submit(drain);
    }

    void markGone(AgentId agent) throws IOException {
        if (may(Action.MARK_AGENT_GONE, agent)) submit(new UpkeepWish.MarkGone(agent));
    }

    private Optional<List<MachineId>> machines(List<MachineID> wire) throws IOException {
        try {
            return Optional.of(MachineReading.machines(wire));
        } catch (Unacceptable bad) {
            exchange.text(BAD_REQUEST, bad.getMessage());
            return Optional.empty();
        }
    }

    private boolean may(Action action, Collection<MachineId> machines) throws IOException {
        for (var machine : machines)
            if (!isAllowed(rights.upkeep(exchange.caller(), action, machine))) return false;
        return true;
    }

    private boolean may(Action action, AgentId agent) throws IOException {
        var known = leading.writer().view().cluster().agent(agent);
        return isAllowed(rights.upkeep(exchange.caller(), action, agent, known));
    }

    private boolean isAllowed(Verdict verdict) throws IOException {
        if (!(verdict instanceof Verdict.Denied denied)) return true;
        exchange.forbidden(denied);
        return false;
    }

    private void submit(UpkeepWish wish) throws IOException {
        var command = new Command.KeepUp(wish);
        var decision = WriterDoor.submit(exchange, leading.writer(), Lane.CLIENTS, command);
        if (decision.isEmpty()) return;
        switch (decision.get()) {
            case Decision.Accepted _ -> exchange.empty(OK);
            case Decision.Refused(Refusal.OfUpkeep(var why)) -> refuse(wish, why);
            case Decision.Refused _ -> exchange.unavailable("This master does not lead any more");
        }
    }

    private void refuse(UpkeepWish wish, UpkeepRefusal why) throws IOException {
        boolean isGone = wish instanceof UpkeepWish.MarkGone;
        switch (why) {
            case UpkeepRefusal.AgentUnknown(var agent) when isGone ->
                    exchange.text(NOT_FOUND, "Agent '" + agent + "' not found");
            case UpkeepRefusal.AgentUnknown _, UpkeepRefusal.Gone _ ->
                    exchange.text(BAD_REQUEST, "Unknown agent");
            case UpkeepRefusal.NotDeactivated _ ->
                    exchange.text(BAD_REQUEST, "Agent is not deactivated");
            case UpkeepRefusal.StillDraining _ ->
                    exchange.text(BAD_REQUEST, "Agent is still in the DRAINING state");
            case UpkeepRefusal.NotDraining _ ->
                    exchange.text(BAD_REQUEST, "Agent is not in the DRAINING state");
            case UpkeepRefusal.CannotDrain _ ->
                    exchange.text(BAD_REQUEST, "Agent is not capable of draining");
            case UpkeepRefusal.UnderMaintenance _ ->
                    exchange.text(BAD_REQUEST, "Agent's machine is in the maintenance schedule");
            case UpkeepRefusal.MachineDown(var machine) ->
                    exchange.text(
                            BAD_REQUEST,
                            "Machine '" + MachineWriting.text(machine) + "' is in DOWN mode");
            case UpkeepRefusal.MachineUnfit(var machine, var problem) ->
                    exchange.text(
                            BAD_REQUEST,
                            "Machine '" + MachineWriting.text(machine) + "' " + words(problem));
        }
    }

    private static String words(UpkeepRefusal.Problem problem) {
        return switch (problem) {
            case NOT_SCHEDULED -> "is not part of a maintenance schedule";
            case NOT_DRAINING -> "is not in DRAINING mode and cannot be brought down";
            case NOT_DOWN -> "is not in DOWN mode and cannot be brought up";
            case DOWN_AND_LEFT_OUT -> "is deactivated and cannot be removed from the schedule";
            case AGENT_DRAINING -> "has an agent that is being drained";
        };
    }
}
