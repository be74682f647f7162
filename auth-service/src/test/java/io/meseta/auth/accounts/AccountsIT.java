package io.meseta.auth.accounts;

import static io.meseta.auth.testing.TestAuth.freshName;
import static io.meseta.auth.testing.TestAuth.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.auth.testing.FirstFiles;
import io.meseta.auth.testing.Reply;
import io.meseta.auth.testing.TestAuth;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AccountsIT {

    private static final String PASSWORD = "twelve letters and more";
    private static final TestAuth AUTH = TestAuth.shared();

    @Test
    void leadsAUserThroughItsLife() {
        var name = freshName("anna");
        var users = "/auth/v1/users";
        var body = json(Map.of("name", name, "description", "of tests", "password", PASSWORD));

        var made = AUTH.admin("POST", users, body);
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Location")).isEqualTo(users + "/" + name);
        assertThat(made.header("ETag")).isEqualTo("\"1\"");
        assertThat(made.text()).doesNotContain(PASSWORD).doesNotContain("argon2");
        assertThat(AUTH.admin("POST", users, body).status()).isEqualTo(409);

        var change = json(Map.of("description", "changed", "locked", false));
        assertThat(AUTH.admin("PUT", users + "/" + name, change).status()).isEqualTo(428);
        assertThat(AUTH.admin("PUT", users + "/" + name, change, "If-Match", "\"7\"").status())
                .isEqualTo(412);
        var changed = AUTH.admin("PUT", users + "/" + name, change, "If-Match", "\"1\"");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("ETag")).isEqualTo("\"2\"");
        assertThat(AUTH.admin("GET", users + "/" + name, "").at("description"))
                .isEqualTo("changed");

        AUTH.join("some-group", name);
        assertThat(AUTH.admin("DELETE", users + "/" + name, "").status()).isEqualTo(204);
        assertThat(AUTH.admin("GET", users + "/" + name, "").status()).isEqualTo(404);
        assertThat(AUTH.admin("GET", "/auth/v1/groups/some-group", "").text()).doesNotContain(name);
        assertThat(AUTH.signIn(name, PASSWORD).status()).isEqualTo(401);
    }

    @Test
    void exchangesTheSecretOfAServiceAccountWithoutAMomentOfNone() {
        var name = freshName("scheduler");
        var path = "/auth/v1/service-accounts/" + name;
        var made = AUTH.admin("POST", "/auth/v1/service-accounts", json(Map.of("name", name)));
        var first = made.at("secret");
        var firstId = made.json().path("secrets").path(0).path("id").asString();

        var second = AUTH.admin("POST", path + "/secrets", "");

        assertThat(second.status()).isEqualTo(201);
        assertThat(AUTH.admin("POST", path + "/secrets", "").status()).isEqualTo(409);
        assertThat(AUTH.token(name, first).status()).isEqualTo(200);
        assertThat(AUTH.token(name, second.at("secret")).status()).isEqualTo(200);
        assertThat(AUTH.admin("GET", path, "").text()).doesNotContain(first);

        assertThat(AUTH.admin("DELETE", path + "/secrets/" + firstId, "").status()).isEqualTo(204);
        assertThat(AUTH.token(name, first).status()).isEqualTo(401);
        assertThat(AUTH.token(name, second.at("secret")).status()).isEqualTo(200);
    }

    @Test
    void makesAThingOnceForOneKey() {
        var body = json(Map.of("name", freshName("once")));
        var key = freshName("key");

        var first = create(body, key);
        var again = create(body, key);
        var other = create(json(Map.of("name", freshName("twice"))), key);

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(other.status()).isEqualTo(409);
        assertThat(AUTH.database().text("SELECT encode(answer, 'escape') FROM answered LIMIT 1"))
                .doesNotContain(first.at("secret"));
    }

    private static Reply create(String body, String key) {
        return AUTH.admin("POST", "/auth/v1/service-accounts", body, "Idempotency-Key", key);
    }

    @Test
    void showsManyByPages() {
        var prefix = freshName("paged");
        for (int i = 0; i < 5; i++) {
            var body = json(Map.of("name", prefix + "-" + i));
            AUTH.admin("POST", "/auth/v1/service-accounts", body);
        }

        var first =
                AUTH.admin("GET", "/auth/v1/service-accounts?limit=3&after=" + prefix, "").json();
        var next = first.path("next").asString();
        var second =
                AUTH.admin("GET", "/auth/v1/service-accounts?limit=2&after=" + next, "").json();

        assertThat(
                        IntStream.range(0, 3)
                                .mapToObj(i -> first.at("/items/" + i + "/name").asString()))
                .containsExactly(prefix + "-0", prefix + "-1", prefix + "-2");
        assertThat(second.at("/items/0/name").asString()).isEqualTo(prefix + "-3");
        for (var wrong : new String[] {"limit=0", "limit=1001", "limit=x"}) {
            assertThat(AUTH.admin("GET", "/auth/v1/users?" + wrong, "").status())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    @Test
    void leadsAGroupWithSlashesInItsNameThroughItsLife() {
        var name = freshName("developers:eng/web");
        var member = AUTH.user(PASSWORD);
        var body = json(Map.of("name", name, "members", List.of(member, "agent/0123456789")));

        var made = AUTH.admin("POST", "/auth/v1/groups", body);
        var stranger =
                AUTH.admin(
                        "PUT",
                        "/auth/v1/groups/" + name,
                        json(Map.of("members", List.of("nobody-at-all"))),
                        "If-Match",
                        "*");

        assertThat(made.status()).isEqualTo(201);
        assertThat(AUTH.admin("GET", "/auth/v1/groups/" + name, "").text()).contains(member);
        assertThat(stranger.status()).isEqualTo(400);
        assertThat(AUTH.admin("DELETE", "/auth/v1/groups/" + name, "").status()).isEqualTo(204);
        assertThat(AUTH.admin("GET", "/auth/v1/groups/" + name, "").status()).isEqualTo(404);
    }

    @Test
    void keepsTheLastAdministrator() {
        var path = "/auth/v1/users/" + FirstFiles.ADMIN;

        var deleted = AUTH.admin("DELETE", path, "");
        var locked = AUTH.admin("PUT", path, json(Map.of("locked", true)), "If-Match", "*");
        var emptied =
                AUTH.admin(
                        "PUT",
                        "/auth/v1/groups/administrators",
                        json(Map.of("members", List.of())),
                        "If-Match",
                        "*");

        assertThat(deleted.status()).isEqualTo(409);
        assertThat(locked.status()).isEqualTo(409);
        assertThat(emptied.status()).isEqualTo(409);
        assertThat(AUTH.admin("GET", path, "").status()).isEqualTo(200);
    }

    @Test
    void refusesNamesAndTextsThatWouldDoHarm() {
        for (var name : new String[] {"", "a b", "agent/x", "-a", "x".repeat(129), "a\\nb", "ä"}) {
            var user = json(Map.of("name", name, "password", PASSWORD));
            assertThat(AUTH.admin("POST", "/auth/v1/users", user).status()).as(name).isEqualTo(400);
        }
        var shortOne = json(Map.of("name", freshName("u"), "password", "short"));
        assertThat(AUTH.admin("POST", "/auth/v1/users", shortOne).status()).isEqualTo(400);
        var description = Map.of("name", freshName("s"), "description", "a\nb");
        assertThat(AUTH.admin("POST", "/auth/v1/service-accounts", json(description)).status())
                .isEqualTo(400);
    }

    @Test
    void writesDownWhoChangedWhatAndLetsNobodyChangeThat() {
        var name = AUTH.user(PASSWORD);
        AUTH.admin("PUT", "/auth/v1/users/" + name, json(Map.of("locked", true)), "If-Match", "*");

        var lines = AUTH.admin("GET", "/auth/v1/audit?limit=1&resource=users/" + name, "").json();
        var next = lines.path("next").asString();
        var older =
                AUTH.admin("GET", "/auth/v1/audit?resource=users/" + name + "&after=" + next, "")
                        .json();

        var newest = lines.path("items").path(0);
        assertThat(newest.path("action").asString()).isEqualTo("change");
        assertThat(newest.path("principal").asString()).isEqualTo(FirstFiles.ADMIN);
        assertThat(newest.path("address").asString()).isEqualTo("127.0.0.1");
        assertThat(newest.at("/before/locked").asBoolean()).isFalse();
        assertThat(newest.at("/after/locked").asBoolean()).isTrue();
        assertThat(older.at("/items/0/action").asString()).isEqualTo("create");
        assertThat(older.path("items").size()).isEqualTo(1);
        for (var sql : new String[] {"UPDATE audit SET action = ''", "DELETE FROM audit"}) {
            assertThatThrownBy(() -> AUTH.database().run(sql))
                    .rootCause()
                    .hasMessageContaining("the audit only grows");
        }
    }
}
