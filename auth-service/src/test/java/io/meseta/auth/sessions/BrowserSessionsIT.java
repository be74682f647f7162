package io.meseta.auth.sessions;

import static io.meseta.auth.testing.TestAuth.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.auth.testing.FirstFiles;
import io.meseta.auth.testing.Reply;
import io.meseta.auth.testing.TestAuth;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Sessions that gateways keep.
final class BrowserSessionsIT {

    private static final String SESSIONS = "/auth/v1/browser-sessions";
    private static final String PASSWORD = "twelve letters and more";

    private static final TestAuth AUTH = TestAuth.shared();

    @Test
    void givesAccessTokensForAKeyAgainAndAgain() {
        var name = AUTH.user(PASSWORD);

        var first = signIn(name, PASSWORD);
        var second = access(first.at("session_key"));
        var third = access(first.at("session_key"));

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.header("Cache-Control")).isEqualTo("no-store");
        assertThat(second.status()).isEqualTo(200);
        assertThat(third.at("session_key")).isEqualTo(first.at("session_key"));
        assertThat(third.json().path("expires_in").asLong()).isBetween(1L, 900L);
        for (var each : new Reply[] {first, second, third})
            assertThat(me(each).at("principal")).isEqualTo(name);
    }

    @Test
    void endsAllOfItWhenTheUserSignsOut() {
        var first = signIn(AUTH.user(PASSWORD), PASSWORD);
        var second = access(first.at("session_key"));

        var out =
                AUTH.send(
                        "DELETE",
                        SESSIONS + "/current",
                        json(Map.of("session_key", first.at("session_key"))),
                        "Authorization",
                        gateway());

        assertThat(out.status()).isEqualTo(204);
        assertThat(me(first).status()).isEqualTo(401);
        assertThat(me(second).status()).isEqualTo(401);
        assertThat(access(first.at("session_key")).status()).isEqualTo(404);
    }

    @Test
    void endsItWithANewPasswordALockOrARevocation() {
        for (var ending : new String[] {"password", "lock", "revoke"}) {
            var name = AUTH.user(PASSWORD);
            var signedIn = signIn(name, PASSWORD);

            var done = end(ending, name);

            assertThat(done.status()).as(ending + " " + done).isIn(200, 204);
            assertThat(me(signedIn).status()).as(ending).isEqualTo(401);
            assertThat(access(signedIn.at("session_key")).status()).as(ending).isEqualTo(404);
        }
    }

    private static Reply end(String ending, String name) {
        var user = "/auth/v1/users/" + name;
        return switch (ending) {
            case "password" ->
                    AUTH.admin(
                            "PUT",
                            user + "/password",
                            json(Map.of("password", "another password")));
            case "lock" ->
                    AUTH.admin("PUT", user, json(Map.of("locked", true)), "If-Match", "\"1\"");
            default ->
                    AUTH.admin(
                            "POST", "/auth/v1/principals:revoke", json(Map.of("principal", name)));
        };
    }

    @Test
    void endsOneThatNobodyUsesForAnHour() throws SQLException {
        var signedIn = signIn(AUTH.user(PASSWORD), PASSWORD);
        passTime(59);
        assertThat(access(signedIn.at("session_key")).status()).isEqualTo(200);

        passTime(61);

        assertThat(access(signedIn.at("session_key")).status()).isEqualTo(404);
    }

    private static void passTime(int minutes) throws SQLException {
        try (var connection = DriverManager.getConnection(AUTH.database().jdbcUrl());
                var statement = connection.createStatement()) {
            var past = "interval '%d minutes'".formatted(minutes);
            statement.execute("UPDATE session_keys SET used_at = used_at - " + past);
        }
    }

    @Test
    void isForServicesOnly() {
        var user = AUTH.user(PASSWORD, "operators");
        var key = signIn(user, PASSWORD).at("session_key");
        var own = "Bearer " + AUTH.signIn(user, PASSWORD).at("access_token");

        for (var authorization : new String[] {"", own}) {
            var headers =
                    authorization.isEmpty()
                            ? new String[0]
                            : new String[] {"Authorization", authorization};
            var body = json(Map.of("session_key", key));
            var reply = AUTH.send("POST", SESSIONS + ":access", body, headers);
            assertThat(reply.status()).as(reply.toString()).isIn(401, 403);
        }
    }

    @Test
    void saysTheSameOfAWrongPasswordAnUnknownNameAndAStrangeKey() {
        var wrong = signIn(AUTH.user(PASSWORD), "not the password");
        var unknown = signIn(TestAuth.freshName("nobody"), PASSWORD);
        var strange = access("x".repeat(43));
        var tooLong = access("x".repeat(4_000));

        for (var each : new Reply[] {wrong, unknown, strange, tooLong}) {
            assertThat(each.status()).as(each.toString()).isEqualTo(404);
            assertThat(each.at("detail")).isEqualTo(wrong.at("detail"));
        }
    }

    private static Reply signIn(String name, String password) {
        var body = json(Map.of("name", name, "password", password));
        return AUTH.send("POST", SESSIONS, body, "Authorization", gateway());
    }

    private static Reply access(String key) {
        var body = json(Map.of("session_key", key));
        return AUTH.send("POST", SESSIONS + ":access", body, "Authorization", gateway());
    }

    private static String gateway() {
        return "Bearer " + AUTH.token(FirstFiles.MEMBER, FirstFiles.SECRET).at("access_token");
    }

    private static Reply me(Reply signedIn) {
        return AUTH.send(
                "GET", "/auth/v1/me", "", "Authorization", "Bearer " + signedIn.at("access_token"));
    }
}
