package io.meseta.gateway.services;

import io.meseta.gateway.catalogue.Catalogue;
import io.meseta.gateway.catalogue.Instance;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What the gateway knows of services.
///
/// @param ageSeconds since the master last spoke; absent if it never did
/// @param fresh whether calls are routed by it
record ServicesResponse(@Nullable Double ageSeconds, boolean fresh, List<Served> services) {

    /// @param protection `rules at the door only` if an instance can be reached around the gateway
    record Served(
            String name,
            String visibility,
            List<KnownPort> ports,
            List<KnownInstance> instances,
            String protection) {}

    record KnownPort(int number, String name, String protocol) {}

    /// @param live whether calls are sent here
    record KnownInstance(
            String framework,
            String task,
            String agent,
            String role,
            String address,
            @Nullable Boolean healthy,
            boolean live,
            boolean hostNetwork) {}

    static ServicesResponse of(
            Catalogue catalogue,
            @Nullable Double ageSeconds,
            boolean fresh,
            Predicate<Instance> isVisible) {
        var services =
                catalogue.services().entrySet().stream()
                        .map(each ->
                                service(
                                        each.getKey(),
                                        each.getValue().stream().filter(isVisible).toList()))
                        .filter(each -> !each.instances().isEmpty())
                        .toList();
        return new ServicesResponse(ageSeconds, fresh, services);
    }

    private static Served service(String name, List<Instance> instances) {
        var ports = new LinkedHashSet<KnownPort>();
        for (var instance : instances) {
            for (var port : instance.offer().ports()) {
                ports.add(new KnownPort(port.number(), port.name(), port.protocol()));
            }
        }
        var isAround = instances.stream().anyMatch(Instance::isOnHostNetwork);
        return new Served(
                name,
                instances.isEmpty() ? "" : instances.getFirst().offer().visibility(),
                List.copyOf(ports),
                instances.stream().map(ServicesResponse::instance).toList(),
                isAround ? "rules at the door only" : "container network");
    }

    private static KnownInstance instance(Instance instance) {
        return new KnownInstance(
                instance.key().framework(),
                instance.key().id(),
                instance.agent(),
                instance.offer().role(),
                instance.at("").map(Object::toString).orElse(instance.host()),
                instance.healthy(),
                instance.isLive(),
                instance.isOnHostNetwork());
    }
}
