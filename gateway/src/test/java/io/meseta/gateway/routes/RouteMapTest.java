package io.meseta.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RouteMapTest {

    @ParameterizedTest
    @CsvSource({
        "/, own",
        "/assets/x.js, own",
        "/api/gateway/v1/services, own",
        "/.well-known/meseta/jwks.json, own",
        "/actuator/health, own",
        "/nowhere, own",
        "/services, own",
        "/agents, own",
        "/api/v1, master",
        "/api/v1/scheduler, master",
        "/api/meseta/v1/events, master",
        "/master/state, master",
        "/master//state, master",
        "/state, master",
        "/state.json, master",
        "/state-summary.json, master",
        "/slaves.json, master",
        "/frameworks.json, master",
        "/tasks.json, master",
        "/roles.json, master",
        "/metrics/snapshot, master",
        "/agents/a1/files/read, agent",
        "/auth/v1/users, auth",
        "/services/web/, service",
        "/services/web/a%2Fb, unclear",
        "/services/web/%252e%252e/x, unclear",
        "/services/web/../other, unclear",
        "/services//web, unclear",
        "/services/web//x, unclear",
        "/services/web/;x/y, unclear",
        "/services/:x/y, unclear",
        "/api/v1/%2e%2e/x, unclear",
        "*, unclear"
    })
    void knowsTheMap(String path, String word) {
        assertThat(RouteMap.of(path).word()).isEqualTo(word);
    }

    @Test
    void takesServicesAndAgentsApart() {
        assertThat(RouteMap.of("/services/web:admin/a/b"))
                .isEqualTo(new Route.Microservice("web", "admin", "/a/b"));
        assertThat(RouteMap.of("/services/web")).isEqualTo(new Route.Microservice("web", "", "/"));
        assertThat(RouteMap.of("/services/web/a%20b/"))
                .isEqualTo(new Route.Microservice("web", "", "/a%20b/"));
        assertThat(RouteMap.of("/agents/a1/state")).isEqualTo(new Route.Agent("a1", "/state"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/assets/a.js",
                "/auth/v1/sessions",
                "/auth/oauth2/jwks",
                "/health",
                "/actuator/health",
                "/api/gateway/v1/session"
            })
    void letsStrangersToSignInAndHealthOnly(String path) {
        assertThat(RouteMap.of(path).isPublic()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/state",
                "/api/v1",
                "/agents/a1/state",
                "/auth/v1/users",
                "/auth/v1/sessions/other",
                "/api/gateway/v1/services",
                "/nowhere"
            })
    void asksEverybodyElseWhoTheyAre(String path) {
        assertThat(RouteMap.of(path).isPublic()).isFalse();
    }
}
