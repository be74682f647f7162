package io.meseta.master.self;

import io.meseta.master.about.Self;
import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.agent.Reach;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.JsonPrinter;
import io.meseta.master.doors.Route;
import io.meseta.master.leadership.Leadership;
import io.meseta.master.leadership.Leadership.Role.Leading;
import io.meseta.master.wire.AgentOwner;
import io.meseta.master.wire.DrainWriting;
import io.meseta.master.wire.Times;
import io.meseta.master.wire.WireNames;
import io.meseta.platform.access.Authenticated;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import org.springframework.stereotype.Controller;

/// Which agents are admitted, in the form of Mesos' registry. A master that does not lead has none.
@Authenticated
@Hidden
@Controller
final class RegistryController {

    private final Leadership leadership;
    private final Self self;

    RegistryController(Leadership leadership, Self self) {
        this.leadership = leadership;
        this.self = self;
    }

    @Route("/registrar(1)/registry")
    void registry(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var role = leadership.role();
        new Exchange(request, response)
                .json(
                        JsonPrinter.body(json -> {
                            if (role instanceof Leading leading) print(json, leading);
                        }));
    }

    private void print(JsonPrinter json, Leading leading) throws IOException {
        json.object("master", () -> json.field("info", self.info(leading.master())));
        var cluster = leading.writer().view().cluster();
        if (has(cluster, false))
            json.object(
                    "slaves",
                    () ->
                            json.array(
                                    "slaves",
                                    cluster.agents().values().stream()
                                            .filter(agent -> !agent.isUnreachable()),
                                    agent -> json.object(() -> admitted(json, agent, cluster))));
        if (has(cluster, true))
            json.object(
                    "unreachable",
                    () ->
                            json.array(
                                    "slaves",
                                    cluster.agents().values().stream().filter(Agent::isUnreachable),
                                    agent -> json.object(() -> unreachable(json, agent))));
    }

    private static boolean has(Cluster cluster, boolean isUnreachable) {
        return cluster.agents().values().stream()
                .anyMatch(agent -> agent.isUnreachable() == isUnreachable);
    }

    private static void admitted(JsonPrinter json, Agent agent, Cluster cluster)
            throws IOException {
        json.field("deactivated", cluster.upkeep().isDeactivated(agent.id()));
        var drain = cluster.upkeep().drain(agent.id());
        if (drain.isPresent()) json.field("drain_info", DrainWriting.write(drain.get()));
        var info =
                AgentOwner.shown(agent.profile().wire()).toBuilder()
                        .setId(WireNames.id(agent.id()))
                        .build();
        json.field("info", info);
    }

    private static void unreachable(JsonPrinter json, Agent agent) throws IOException {
        json.field("id", WireNames.id(agent.id()));
        var since = agent.reach() instanceof Reach.Unreachable(var at) ? at : Instant.EPOCH;
        json.field("timestamp", Times.info(since));
    }
}
