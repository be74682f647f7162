package io.meseta.master.self;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.agent.Reach;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.JsonPrinter;
import io.meseta.master.leadership.Leadership.Role.Leading;
import io.meseta.master.maintenance.MaintenanceAnswers;
import io.meseta.master.rights.Rights;
import io.meseta.master.roles.RoleFacts;
import io.meseta.master.views.RoleShade;
import io.meseta.master.views.Visibility;
import io.meseta.master.wire.AgentOwner;
import io.meseta.master.wire.DrainWriting;
import io.meseta.master.wire.Times;
import io.meseta.master.wire.WireNames;
import io.meseta.mesos.v1.MasterInfo;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Prints one registry, for one caller: what may not be seen is left out.
final class RegistryPrinter {

    /// Without these a master of Mesos may not take over: what it would not keep is set.
    private static final String DRAINING = "AGENT_DRAINING";

    private static final String QUOTA = "QUOTA_V2";

    private final JsonPrinter json;
    private final Exchange exchange;
    private final Rights rights;
    private final Cluster cluster;
    private final Visibility visibility;

    RegistryPrinter(JsonPrinter json, Exchange exchange, Leading leading, Rights rights) {
        this.json = json;
        this.exchange = exchange;
        this.rights = rights;
        this.cluster = leading.writer().view().cluster();
        this.visibility = rights.visibility(exchange.caller());
    }

    /// In the order of the alphabet, as Mesos does.
    void print(MasterInfo master) throws IOException {
        gone();
        json.object("master", () -> json.field("info", master));
        capabilities();
        roles();
        schedule();
        agents("slaves", false, this::admitted);
        agents("unreachable", true, this::unreachable);
        weights();
    }

    private interface Part {
        void print(Agent agent) throws IOException;
    }

    private void agents(String name, boolean areUnreachable, Part part) throws IOException {
        if (agents(areUnreachable).findAny().isEmpty()) return;
        json.object(
                name,
                () ->
                        json.array(
                                "slaves",
                                agents(areUnreachable),
                                agent -> json.object(() -> part.print(agent))));
    }

    private Stream<Agent> agents(boolean areUnreachable) {
        return cluster.agents().values().stream()
                .filter(agent -> agent.isUnreachable() == areUnreachable);
    }

    private void admitted(Agent agent) throws IOException {
        drain(agent);
        var info = AgentOwner.shown(agent.profile().wire());
        json.field(
                "info",
                info.toBuilder()
                        .setId(WireNames.id(agent.id()))
                        .clearResources()
                        .addAllResources(RoleShade.shown(info.getResourcesList(), visibility))
                        .build());
    }

    private void drain(Agent agent) throws IOException {
        json.field("deactivated", cluster.upkeep().isDeactivated(agent.id()));
        var drain = cluster.upkeep().drain(agent.id());
        if (drain.isPresent()) json.field("drain_info", DrainWriting.write(drain.get()));
    }

    private void unreachable(Agent agent) throws IOException {
        drain(agent);
        json.field("id", WireNames.id(agent.id()));
        var since = agent.reach() instanceof Reach.Unreachable(var at) ? at : Instant.EPOCH;
        json.field("timestamp", Times.info(since));
    }

    private void gone() throws IOException {
        var gone = cluster.upkeep().gone();
        if (gone.at().isEmpty()) return;
        json.object(
                "gone",
                () ->
                        json.array(
                                "slaves",
                                gone.inOrder().stream(),
                                id ->
                                        json.object(() -> {
                                            json.field("id", WireNames.id(id));
                                            var at = Optional.ofNullable(gone.at().get(id));
                                            json.field(
                                                    "timestamp",
                                                    Times.info(at.orElse(Instant.EPOCH)));
                                        })));
    }

    private void capabilities() throws IOException {
        var needed = new TreeSet<String>();
        if (!cluster.upkeep().deactivations().isEmpty()) needed.add(DRAINING);
        if (!cluster.roles().quotas().isEmpty()) needed.add(QUOTA);
        if (needed.isEmpty()) return;
        json.array(
                "minimum_capabilities",
                needed.stream(),
                name -> json.object(() -> json.field("capability", name)));
    }

    private void roles() throws IOException {
        var quotas = RoleFacts.quotas(cluster, rights, exchange.caller());
        if (!quotas.isEmpty()) json.array("quota_configs", quotas.stream(), json::message);
    }

    private void schedule() throws IOException {
        var schedule = new MaintenanceAnswers(exchange, rights, cluster).schedule();
        if (schedule.getWindowsCount() > 0)
            json.array("schedules", Stream.of(schedule), json::message);
    }

    private void weights() throws IOException {
        var weights = RoleFacts.weights(cluster, rights, exchange.caller());
        if (weights.isEmpty()) return;
        json.array(
                "weights", weights.stream(), each -> json.object(() -> json.field("info", each)));
    }
}
