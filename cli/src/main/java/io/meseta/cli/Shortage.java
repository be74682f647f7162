package io.meseta.cli;

import io.meseta.client.ClientFault;
import io.meseta.client.Master;
import io.meseta.mesos.v1.master.Response.GetAgents;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Comparator;

/// Says why a task is still waiting for an offer, and says it again only when that has changed.
final class Shortage {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Master master;
    private final TaskOrder.Needs needs;
    private final Demand demand;
    private final PrintWriter notes;
    private long lastLook = System.nanoTime();
    private String lastNote = "";

    Shortage(Master master, TaskOrder.Needs needs, PrintWriter notes) {
        this.master = master;
        this.needs = needs;
        this.demand = needs.amounts();
        this.notes = notes;
    }

    /// To be called while the task waits, as often as one likes.
    void look() {
        if (System.nanoTime() - lastLook < PAUSE.toNanos()) {
            return;
        }
        lastLook = System.nanoTime();
        String reason;
        try {
            reason = reason(master.agents());
        } catch (ClientFault _) {
            return; // The conversation has the same trouble, and says so.
        }
        var note = "meseta: waiting for an offer with " + needs + ": " + reason;
        if (!note.equals(lastNote)) {
            notes.println(note);
            lastNote = note;
        }
    }

    String reason(GetAgents agents) {
        var active = agents.getAgentsList().stream().filter(GetAgents.Agent::getActive).toList();
        boolean isAnywhere =
                active.stream()
                        .anyMatch(agent ->
                                needs.ports().takenFrom(agent.getTotalResourcesList()).isPresent());
        if (!active.isEmpty() && !isAnywhere) {
            return "no agent has these ports";
        }
        return active.stream()
                .max(Comparator.comparingDouble(this::coverage))
                .map(this::described)
                .orElse("no agent has joined");
    }

    private double coverage(GetAgents.Agent agent) {
        return demand.coverage(agent.getTotalResourcesList());
    }

    private String described(GetAgents.Agent largest) {
        var total = demand.shareOf(largest.getTotalResourcesList());
        if (demand.coverage(largest.getTotalResourcesList()) < 1) {
            return "the largest agent has " + total;
        }
        var used = demand.shareOf(largest.getAllocatedResourcesList());
        return "agents are large enough ("
                + total
                + ") but in use ("
                + used
                + ") or offered elsewhere";
    }
}
