package io.meseta.auth.policies;

import static io.meseta.auth.testing.TestAuth.freshName;
import static io.meseta.auth.testing.TestAuth.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.auth.testing.TestAuth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PoliciesIT {

    private static final String PASSWORD = "twelve letters and more";
    private static final TestAuth AUTH = TestAuth.shared();

    private static String text(String name, String group, String action) {
        return """
        policy: %s
        rules:
          - id: one
            effect: allow
            subjects: {groups: [%s]}
            actions: %s
        """
                .formatted(name, group, action);
    }

    @Test
    void leadsAPolicyThroughItsLifeAndKeepsItsHistory() {
        var name = freshName("policy");
        var path = "/auth/v1/policies/" + name;
        var first = text(name, name, "VIEW_AUDIT");
        var second = text(name, name, "VIEW_GROUP");
        var user = AUTH.user(PASSWORD, name);
        assertThat(audit(user)).isEqualTo(403);

        var made =
                AUTH.admin("POST", "/auth/v1/policies", json(Map.of("name", name, "text", first)));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(audit(user)).isEqualTo(200);
        var changed = AUTH.admin("PUT", path, json(Map.of("text", second)), "If-Match", "\"1\"");
        assertThat(changed.header("ETag")).isEqualTo("\"2\"");
        assertThat(audit(user)).isEqualTo(403);
        var stale = AUTH.admin("PUT", path, json(Map.of("text", first)), "If-Match", "\"1\"");
        assertThat(stale.status()).isEqualTo(412);
        assertThat(AUTH.admin("DELETE", path, "").status()).isEqualTo(204);
        var back =
                AUTH.admin("POST", "/auth/v1/policies", json(Map.of("name", name, "text", first)));
        assertThat(back.header("ETag")).isEqualTo("\"4\"");

        var versions = AUTH.admin("GET", path + "/versions?limit=2", "").json();
        assertThat(versions.at("/items/0/version").asLong()).isEqualTo(4);
        assertThat(versions.at("/items/1/text").asString()).isEmpty();
        assertThat(versions.path("next").asString()).isEqualTo("3");
        assertThat(AUTH.admin("GET", path + "/versions/2", "").at("text")).isEqualTo(second);
        assertThat(AUTH.admin("GET", path + "/versions/3", "").status()).isEqualTo(404);
    }

    private static int audit(String user) {
        return AUTH.send(
                        "GET",
                        "/auth/v1/audit",
                        "",
                        "Authorization",
                        TestAuth.basic(user, PASSWORD))
                .status();
    }

    @Test
    void refusesWhatIsNoPolicyAndSaysWhere() {
        var name = freshName("wrong");
        for (var text :
                List.of(
                        "",
                        "policy: other\nrules: []",
                        "policy: " + name + "\nrules: [{id: a}]",
                        text(name, "g", "NO_SUCH_ACTION"))) {
            var reply =
                    AUTH.admin(
                            "POST", "/auth/v1/policies", json(Map.of("name", name, "text", text)));
            assertThat(reply.status()).as(text).isEqualTo(400);
            assertThat(reply.at("detail")).contains(name + ":");
        }
    }

    @Test
    void refusesToLockItsAuthorOut() {
        var reply = AUTH.admin("DELETE", "/auth/v1/policies/administrator", "");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.at("detail")).contains("could not change this policy any more");
    }

    @Test
    void saysWhatAChangeWouldDoWithoutDoingIt() {
        var name = freshName("tried");
        var question =
                Map.of("principal", "some-user", "groups", List.of(name), "action", "VIEW_AUDIT");
        var other = Map.of("principal", "some-user", "action", "CHANGE_POLICY");
        var body =
                json(
                        Map.of(
                                "policies", Map.of(name, text(name, name, "VIEW_AUDIT")),
                                "questions", List.of(question, other)));

        var checked = AUTH.admin("POST", "/auth/v1/policies:check", body).json();

        assertThat(checked.path("changes").asLong()).isEqualTo(1);
        assertThat(checked.at("/lines/0/changed").asBoolean()).isTrue();
        assertThat(checked.at("/lines/0/before/allowed").asBoolean()).isFalse();
        assertThat(checked.at("/lines/0/after/rule").asString()).isEqualTo(name + "/one");
        assertThat(checked.at("/lines/1/changed").asBoolean()).isFalse();
        assertThat(AUTH.admin("GET", "/auth/v1/policies/" + name, "").status()).isEqualTo(404);
    }

    @Test
    void triesRecordedQuestionsToo() {
        var call =
                Map.of(
                        "principal",
                        "caller",
                        "kind",
                        "service-account",
                        "action",
                        "CALL_SERVICE",
                        "target",
                        Map.of("service", "orders"),
                        "method",
                        "GET",
                        "path",
                        "/orders/1");
        var kept =
                AUTH.admin(
                        "POST",
                        "/auth/v1/policies:record",
                        json(Map.of("questions", List.of(call))));
        assertThat(kept.status()).isEqualTo(204);

        var checked =
                AUTH.admin("POST", "/auth/v1/policies:check", json(Map.of("recorded", true)))
                        .json();

        assertThat(checked.path("lines").size()).isEqualTo(1);
        assertThat(checked.at("/lines/0/question").asString())
                .contains("GET CALL_SERVICE")
                .contains("orders");
        assertThat(AUTH.admin("DELETE", "/auth/v1/policies:record", "").status()).isEqualTo(204);
    }

    @Test
    void saysWhatIsWrongWithTriedTexts() {
        var body = json(Map.of("policies", Map.of("p", "policy: p\nrules:\n  - id: a\n")));

        var checked = AUTH.admin("POST", "/auth/v1/policies:check", body).json();

        assertThat(checked.at("/problems/0/policy").asString()).isEqualTo("p");
        assertThat(checked.at("/problems/0/line").asInt()).isPositive();
        var noAction = json(Map.of("questions", List.of(Map.of("action", "FLY"))));
        assertThat(AUTH.admin("POST", "/auth/v1/policies:check", noAction).status()).isEqualTo(400);
    }
}
