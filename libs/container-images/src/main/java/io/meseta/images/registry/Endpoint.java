package io.meseta.images.registry;

import io.meseta.images.reference.ImageReference;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// One host that may have an image: the registry, or a mirror of it.
///
/// @param host with port, if any; credentials are looked up by it, so a mirror gets none of the
///   registry's
record Endpoint(String host, String scheme) {

    private static final String DOCKERS_HOST = "registry-1.docker.io";

    /// All hosts for `reference`, in the order in which they are asked.
    static List<Endpoint> of(ImageReference reference, RegistrySettings settings) {
        var hosts =
                new ArrayList<>(settings.mirrors().getOrDefault(reference.registry(), List.of()));
        hosts.add(reference.registry());
        return hosts.stream()
                .map(host -> new Endpoint(host, Endpoint.scheme(host, settings)))
                .toList();
    }

    private static String scheme(String host, RegistrySettings settings) {
        return settings.plainHttp().contains(host) ? "http" : "https";
    }

    URI address(String repository, String rest) {
        var reached = host.equals(ImageReference.DEFAULT_REGISTRY) ? DOCKERS_HOST : host;
        return URI.create("%s://%s/v2/%s/%s".formatted(scheme, reached, repository, rest));
    }
}
