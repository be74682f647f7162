package io.meseta.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.testkit.fuzz.Fuzz;
import io.meseta.testkit.fuzz.RecordedBodies;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Paths as they come over the wire: each leads to one place, and what goes on from here is a path
/// that leads to the same place, however often it is read.
public final class RoutesFuzz {

    private static final Fuzz FUZZ =
            Fuzz.of(RoutesFuzz.class, RoutesFuzz::fuzzerTestOneInput, RoutesFuzz::seeds);

    @TestFactory
    Stream<DynamicTest> takeWhateverComes() {
        return FUZZ.tests(15_000);
    }

    /// Called by the fuzzer.
    public static void fuzzerInitialize() {
        FUZZ.layOutSeeds();
    }

    /// Called by the fuzzer.
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        var raw = new String(input, StandardCharsets.ISO_8859_1);
        var route = RouteMap.of(raw);
        assertThat(route.word()).isNotEmpty();
        switch (route) {
            case Route.Master(var path, var isPublic) -> {
                checkForwarded(path);
                assertThat(RouteMap.of(path)).isEqualTo(new Route.Master(path, isPublic));
            }
            case Route.Auth(var path, var isPublic) -> {
                checkForwarded(path);
                assertThat(RouteMap.of(path)).isEqualTo(new Route.Auth(path, isPublic));
            }
            case Route.Agent(var id, var path) -> {
                assertThat(id).isNotEmpty();
                checkForwarded(path);
            }
            case Route.Microservice(var name, _, var path) -> {
                assertThat(name).isNotEmpty();
                checkForwarded(path);
            }
            case Route.Unclear(var problem) -> assertThat(problem).isNotEmpty();
            case Route.Own _ -> {}
        }
    }

    /// Nothing in it means one thing here and another there.
    private static void checkForwarded(String path) {
        assertThat(path)
                .startsWith("/")
                .matches("[!-~]*")
                .doesNotContain("//", "\\", "?", "#", ";");
        assertThat(path + "/").doesNotContain("/../", "/./");
    }

    private static List<byte[]> seeds() {
        var seeds = new ArrayList<>(RecordedBodies.targets());
        for (var each :
                List.of(
                        "/services/shop:http/orders/7",
                        "/services/shop//a",
                        "/agents/S0/files/read",
                        "/auth/v1/sessions:refresh",
                        "/api/gateway/v1/session",
                        "//master//state;x",
                        "/%61pi/v1/%2e%2e/x",
                        "/api/v1/scheduler")) seeds.add(each.getBytes(StandardCharsets.ISO_8859_1));
        return seeds;
    }
}
