package io.meseta.gateway.catalogue;

import io.meseta.gateway.catalogue.Catalogue.AgentPlace;
import io.meseta.gateway.catalogue.Instance.Offer;
import io.meseta.gateway.catalogue.Instance.Port;
import io.meseta.gateway.catalogue.Instance.TaskKey;
import io.meseta.gateway.forwarding.Upstream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// What the stream has told so far. Of one thread; others see the [Catalogue] made of it.
final class Ledger {

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final String RUNNING = "TASK_RUNNING";

    /// Visible to its own framework only, so not at this door.
    private static final String HIDDEN = "FRAMEWORK";

    /// The label by which a service asks for its callers' own credentials.
    private static final String TAKES_TOKENS = "meseta.authorization";

    private final Map<String, AgentPlace> agents = new HashMap<>();
    private final Map<TaskKey, Served> served = new HashMap<>();

    /// A task with a name, wherever its agent may be: agents and tasks come in any order.
    ///
    /// @param own its container's own address; empty if it has none
    private record Served(
            TaskKey key,
            String agent,
            String own,
            @Nullable Boolean healthy,
            boolean isRunning,
            Offer offer) {}

    void clear() {
        agents.clear();
        served.clear();
    }

    /// Takes a `snapshot` or a `change`.
    void take(JsonNode data) {
        for (var agent : data.path("agents")) agent(agent);
        for (var task : data.path("tasks")) task(task);
        var gone = data.path("gone");
        for (var id : gone.path("agents")) agents.remove(id.asString(""));
        for (var task : gone.path("tasks")) {
            served.remove(new TaskKey(text(task, "framework"), text(task, "id")));
        }
    }

    Catalogue catalogue() {
        var instances = new ArrayList<Instance>(served.size());
        for (var each : served.values()) instance(each).ifPresent(instances::add);
        return Catalogue.of(agents, instances);
    }

    private void agent(JsonNode agent) {
        var id = text(agent, "id");
        try {
            agents.put(id, new AgentPlace(id, Upstream.of(URI.create(text(agent, "url")))));
        } catch (IllegalArgumentException unusable) {
            agents.remove(id);
            LOG.atWarn().addKeyValue("agent", id).log("An agent has no address that can be used");
        }
    }

    private void task(JsonNode task) {
        var key = new TaskKey(text(task, "framework"), text(task, "id"));
        var service = task.path("service");
        var name = text(service, "name");
        var visibility = text(service, "visibility");
        if (name.isEmpty() || visibility.equals(HIDDEN)) {
            served.remove(key);
            return;
        }
        var health = task.path("healthy");
        var offer =
                new Offer(name, visibility, text(task, "role"), ports(service), takesTokens(task));
        served.put(
                key,
                new Served(
                        key,
                        text(task, "agent"),
                        task.path("addresses").path(0).asString(""),
                        health.isBoolean() ? (Boolean) health.asBoolean() : null,
                        text(task, "state").equals(RUNNING),
                        offer));
    }

    /// Empty while its agent's address is unknown and it has none of its own.
    private Optional<Instance> instance(Served task) {
        var place =
                Optional.ofNullable(agents.get(task.agent())).map(each -> each.address().host());
        var host = task.own().isEmpty() ? place : Optional.of(task.own());
        var isOnHostNetwork = host.equals(place);
        return host.map(found ->
                new Instance(
                        task.key(),
                        task.agent(),
                        found,
                        isOnHostNetwork,
                        task.healthy(),
                        task.isRunning(),
                        task.offer()));
    }

    private static List<Port> ports(JsonNode service) {
        var ports = new ArrayList<Port>();
        for (var port : service.path("ports")) {
            int number = port.path("number").asInt(0);
            if (number <= 0 || number > 65_535) continue;
            ports.add(new Port(number, text(port, "name"), text(port, "protocol")));
        }
        return ports;
    }

    private static boolean takesTokens(JsonNode task) {
        return text(task.path("labels"), TAKES_TOKENS).equals("pass");
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }
}
