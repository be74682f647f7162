package io.meseta.master.maintenance;

import io.meseta.master.core.upkeep.UpkeepWish;
import io.meseta.master.doors.Exchange;
import io.meseta.master.leadership.Leadership.Role.Leading;
import io.meseta.master.rights.Rights;
import io.meseta.master.wire.Unacceptable;
import io.meseta.master.wire.WireIds;
import io.meseta.mesos.v1.AgentID;
import io.meseta.mesos.v1.master.Call;
import io.meseta.model.AgentId;
import java.io.IOException;
import java.util.Optional;

/// Does what those calls of operators want that are about machines.
public final class UpkeepCalls {

    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    private final Exchange exchange;
    private final UpkeepDesk desk;

    public UpkeepCalls(Exchange exchange, Leading leading, Rights rights) {
        this.exchange = exchange;
        this.desk = new UpkeepDesk(exchange, leading, rights);
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
}
