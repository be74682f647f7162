package io.meseta.gateway.routes;

import io.meseta.authorization.CallPath;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// The map of the whole gateway.
public final class RouteMap {

    private static final Pattern REPEATED = Pattern.compile("/{2,}");

    /// First words of paths that are the gateway's own.
    private static final Set<String> OWN = Set.of("", "index.html", "assets", "actuator", "error");

    /// First words of the master's paths beside its API: what Mesos has always answered there.
    private static final Set<String> MASTER =
            Set.of(
                    "master",
                    "state",
                    "state.json",
                    "state-summary",
                    "state-summary.json",
                    "slaves",
                    "slaves.json",
                    "frameworks",
                    "frameworks.json",
                    "tasks",
                    "tasks.json",
                    "roles",
                    "roles.json",
                    "quota",
                    "weights",
                    "metrics",
                    "system",
                    "version",
                    "health",
                    "flags",
                    "redirect",
                    "files",
                    "logging",
                    "maintenance",
                    "machine",
                    "teardown",
                    "reserve",
                    "unreserve",
                    "create-volumes",
                    "destroy-volumes",
                    "registrar(1)",
                    "monitor",
                    "help");

    private static final Set<String> PUBLIC_OF_MASTER = Set.of("/health", "/master/health");

    /// Signing in, in each of the ways there are.
    private static final Set<String> PUBLIC_OF_AUTH =
            Set.of(
                    "/auth/oauth2/token",
                    "/auth/oauth2/jwks",
                    "/auth/.well-known/oauth-authorization-server",
                    "/auth/v1/sessions",
                    "/auth/v1/sessions:refresh",
                    "/auth/v1/sessions/current",
                    "/auth/v1/agents:join");

    private RouteMap() {}

    /// @param raw the path as it came over the wire, without the query
    public static Route of(String raw) {
        if (raw.startsWith("/services/")) return service(raw);
        return switch (CallPath.of(tidy(raw))) {
            case CallPath.Unclear(var problem) -> new Route.Unclear(problem);
            case CallPath.Clear clear -> of(clear);
        };
    }

    private static Route of(CallPath.Clear path) {
        var segments = path.segments();
        var first = segments.isEmpty() ? "" : segments.getFirst();
        var whole = path.encoded();
        return switch (first) {
            case "api" -> api(segments, whole);
            case "auth" -> new Route.Auth(whole, PUBLIC_OF_AUTH.contains(whole));
            case "agents" -> agent(path);
            case ".well-known" -> new Route.Own(true);
            default -> {
                if (MASTER.contains(first)) {
                    yield new Route.Master(whole, PUBLIC_OF_MASTER.contains(whole));
                }
                // What is nowhere on the map ends in our own 404, if its caller is known.
                yield new Route.Own(OWN.contains(first));
            }
        };
    }

    private static Route api(List<String> segments, String whole) {
        var isOwn = segments.size() > 1 && segments.get(1).equals("gateway");
        if (!isOwn) return new Route.Master(whole, false);
        return new Route.Own(whole.equals("/api/gateway/v1/session"));
    }

    private static Route agent(CallPath.Clear path) {
        var segments = path.segments();
        if (segments.size() < 2) return new Route.Own(false);
        var rest = segments.subList(2, segments.size());
        return new Route.Agent(
                segments.get(1), new CallPath.Clear(rest, path.endsWithSlash()).encoded());
    }

    /// Not tidied: what a repeated slash means is the microservice's to say, so it is refused.
    private static Route service(String raw) {
        return switch (CallPath.of(raw)) {
            case CallPath.Unclear(var problem) -> new Route.Unclear(problem);
            case CallPath.Clear path -> service(path);
        };
    }

    private static Route service(CallPath.Clear path) {
        var segments = path.segments();
        if (segments.size() < 2) return new Route.Own(false);
        var named = segments.get(1);
        int colon = named.lastIndexOf(':');
        var name = colon < 0 ? named : named.substring(0, colon);
        var port = colon < 0 ? "" : named.substring(colon + 1);
        if (name.isEmpty()) return new Route.Unclear("it names no service");
        var rest = segments.subList(2, segments.size());
        var endsWithSlash = rest.isEmpty() || path.endsWithSlash();
        return new Route.Microservice(
                name, port, new CallPath.Clear(rest, endsWithSlash).encoded());
    }

    /// As several clients of Mesos write paths.
    private static String tidy(String raw) {
        return raw.contains("//") ? REPEATED.matcher(raw).replaceAll("/") : raw;
    }
}
