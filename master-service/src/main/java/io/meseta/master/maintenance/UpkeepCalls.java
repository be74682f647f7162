package io.meseta.master.maintenance;

import io.meseta.authorization.Action;
import io.meseta.master.core.upkeep.MachineId;
import io.meseta.master.core.upkeep.UpkeepWish;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.Format;
import io.meseta.master.leadership.Leadership.Role.Leading;
import io.meseta.master.rights.Rights;
import io.meseta.master.wire.Unacceptable;
import io.meseta.master.wire.WireIds;
import io.meseta.mesos.v1.AgentID;
import io.meseta.mesos.v1.master.Call;
import io.meseta.mesos.v1.master.Response;
import io.meseta.model.AgentId;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;

/// Answers those calls of operators that are about machines.
public final class UpkeepCalls {

    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    private final Exchange exchange;
    private final Leading leading;
    private final Rights rights;
    private final UpkeepDesk desk;

    public UpkeepCalls(Exchange exchange, Leading leading, Rights rights) {
        this.exchange = exchange;
        this.leading = leading;
        this.rights = rights;
        this.desk = new UpkeepDesk(exchange, leading, rights);
    }

    public void schedule(Format format) throws IOException {
        var schedule =
                MachineWriting.schedule(
                        leading.writer().view().cluster().upkeep().maintenance(),
                        sight(exchange, rights, Action.GET_MAINTENANCE_SCHEDULE));
        answer(
                format,
                Response.newBuilder()
                        .setType(Response.Type.GET_MAINTENANCE_SCHEDULE)
                        .setGetMaintenanceSchedule(
                                Response.GetMaintenanceSchedule.newBuilder()
                                        .setSchedule(schedule)));
    }

    public void status(Format format) throws IOException {
        var status =
                MachineWriting.status(
                        leading.writer().view().cluster(),
                        sight(exchange, rights, Action.GET_MAINTENANCE_STATUS));
        answer(
                format,
                Response.newBuilder()
                        .setType(Response.Type.GET_MAINTENANCE_STATUS)
                        .setGetMaintenanceStatus(
                                Response.GetMaintenanceStatus.newBuilder().setStatus(status)));
    }

    /// Which machines the caller may know of.
    static Predicate<MachineId> sight(Exchange exchange, Rights rights, Action action) {
        return machine -> rights.upkeep(exchange.caller(), action, machine).isAllowed();
    }

    public void update(Call.UpdateMaintenanceSchedule update) throws IOException {
        desk.schedule(update.getSchedule());
    }

    public void start(Call.StartMaintenance start) throws IOException {
        desk.takeDown(start.getMachinesList());
    }

    public void stop(Call.StopMaintenance stop) throws IOException {
        desk.bringUp(stop.getMachinesList());
    }

    public void drain(Call.DrainAgent drain) throws IOException {
        var agent = agent(drain.getAgentId());
        if (agent.isEmpty()) {
            exchange.text(BAD_REQUEST, "Unknown agent");
            return;
        }
        try {
            desk.drain(
                    new UpkeepWish.DrainAgent(
                            agent.get(), MachineReading.grace(drain), drain.getMarkGone()));
        } catch (Unacceptable bad) {
            exchange.text(BAD_REQUEST, bad.getMessage());
        }
    }

    public void deactivate(Call.DeactivateAgent deactivate) throws IOException {
        var agent = agent(deactivate.getAgentId());
        if (agent.isPresent()) desk.deactivate(agent.get());
        else exchange.text(BAD_REQUEST, "Unknown agent");
    }

    public void reactivate(Call.ReactivateAgent reactivate) throws IOException {
        var agent = agent(reactivate.getAgentId());
        if (agent.isPresent()) desk.reactivate(agent.get());
        else exchange.text(BAD_REQUEST, "Agent is not deactivated");
    }

    public void markGone(Call.MarkAgentGone gone) throws IOException {
        var agent = agent(gone.getAgentId());
        if (agent.isPresent()) desk.markGone(agent.get());
        else exchange.text(NOT_FOUND, "Agent '" + gone.getAgentId().getValue() + "' not found");
    }

    /// What can't be an id is nobody's.
    private static Optional<AgentId> agent(AgentID wire) {
        return WireIds.find(wire.getValue(), AgentId::new);
    }

    private void answer(Format format, Response.Builder response) throws IOException {
        exchange.bytes(format.mediaType(), format.write(response.build()));
    }
}
