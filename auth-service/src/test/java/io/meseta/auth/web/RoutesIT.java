package io.meseta.auth.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.auth.testing.TestAuth;
import io.meseta.authorization.Action;
import io.meseta.platform.access.Allowed;
import io.meseta.platform.access.Authenticated;
import io.meseta.platform.access.Public;
import io.meseta.testkit.RepositoryRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/// All routes there are, whoever added them.
final class RoutesIT {

    private static final String PASSWORD = "twelve letters and more";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TestAuth AUTH = TestAuth.shared();

    private record Route(String method, String path, HandlerMethod handler) {

        boolean isPublic() {
            return handler.hasMethodAnnotation(Public.class);
        }

        boolean isForAnyone() {
            return isPublic() || handler.hasMethodAnnotation(Authenticated.class);
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private static List<Route> routes() {
        Map<RequestMappingInfo, HandlerMethod> all =
                AUTH.context()
                        .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                        .getHandlerMethods();
        var routes = new ArrayList<Route>();
        all.forEach((info, handler) -> {
            for (var path : info.getPatternValues()) {
                if (!path.startsWith("/auth/") || path.startsWith("/auth/v1/openapi")) continue;
                for (var method : info.getMethodsCondition().getMethods()) {
                    routes.add(new Route(method.name(), filled(path), handler));
                }
            }
        });
        assertThat(routes).hasSizeGreaterThan(40);
        return routes;
    }

    private static String filled(String pattern) {
        return pattern.replaceAll("\\{\\*[^}]*}", "x").replaceAll("\\{[^}]*}", "1");
    }

    @Test
    void letsNobodyInWithoutAnIdentity() {
        for (var route : routes()) {
            if (route.isPublic()) continue;

            var reply = AUTH.send(route.method(), route.path(), body(route));

            assertThat(reply.status()).as(route + ": " + reply).isEqualTo(401);
            assertThat(reply.header("WWW-Authenticate")).as(route.toString()).contains("Bearer");
        }
    }

    @Test
    void letsAViewerChangeNothingAndLookAtNobody() {
        var viewer = AUTH.user(PASSWORD, "viewers");
        var token = "Bearer " + AUTH.signIn(viewer, PASSWORD).at("access_token");
        long changes = count();
        for (var route : routes()) {
            if (route.isForAnyone()) continue;

            var reply =
                    AUTH.send(route.method(), route.path(), body(route), "Authorization", token);

            assertThat(reply.status()).as(route + ": " + reply).isEqualTo(403);
            assertThat(reply.at("rule"))
                    .as(route.toString())
                    .isIn("built-in/default-deny", "services/not-for-people");
        }
        assertThat(count()).isEqualTo(changes);
    }

    @Test
    void letsAnOperatorLookButChangeNothing() {
        var operator = AUTH.user(PASSWORD, "operators");
        var token = "Bearer " + AUTH.signIn(operator, PASSWORD).at("access_token");
        long changes = count();
        for (var route : routes()) {
            if (route.isForAnyone()) continue;
            var allowed = route.handler().getMethodAnnotation(Allowed.class);
            if (allowed == null || allowed.value().nature() == Action.Nature.READING) continue;

            var reply =
                    AUTH.send(route.method(), route.path(), body(route), "Authorization", token);

            assertThat(reply.status()).as(route.toString()).isEqualTo(403);
        }
        assertThat(count()).isEqualTo(changes);
        for (var path : List.of("users", "groups", "audit", "policies", "keys", "agents")) {
            var reply = AUTH.send("GET", "/auth/v1/" + path, "", "Authorization", token);
            assertThat(reply.status()).as(path).isEqualTo(200);
        }
    }

    @Test
    void saysWithEachRouteWhoMayPass() {
        for (var route : routes()) {
            var isSaid = route.isForAnyone() || route.handler().hasMethodAnnotation(Allowed.class);
            assertThat(isSaid).as(route.toString()).isTrue();
        }
    }

    private static String body(Route route) {
        return route.method().equals("GET") ? "" : "{}";
    }

    private static long count() {
        return Long.parseLong(AUTH.database().text("SELECT count(*) FROM audit"));
    }

    @Test
    void describesItselfAsTheSnapshotSays() throws IOException {
        var shown = AUTH.send("GET", "/auth/v1/openapi", "").text();
        var snapshot =
                RepositoryRoot.find().resolve("auth-service/src/test/resources/openapi.json");
        // A change of the document is a change of a promise: renew the snapshot with this property
        // and read the difference.
        if (Boolean.getBoolean("accept.openapi")) Files.writeString(snapshot, shown + "\n");

        assertThat(JSON.readTree(shown)).isEqualTo(JSON.readTree(Files.readString(snapshot)));
    }

    @Test
    void answersWithProblemsAndNeverWithAPage() {
        for (var path : List.of("/auth/v1/users/%00", "/auth/v1/nothing", "/auth/v1/users/..%2f")) {
            var reply = AUTH.admin("GET", path, "");
            assertThat(reply.status()).as(path).isIn(400, 404);
            assertThat(reply.text()).as(path).doesNotContain("<html");
        }
    }
}
