package io.meseta.auth.sessions;

import static io.meseta.auth.testing.TestAuth.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.auth.testing.Reply;
import io.meseta.auth.testing.TestAuth;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SessionsIT {

    private static final String PASSWORD = "twelve letters and more";

    private static final TestAuth AUTH = TestAuth.shared();

    @Test
    void signsAUserInAndKeepsItInByTokensThatAreGoodOnce() {
        var name = AUTH.user(PASSWORD);

        var first = AUTH.signIn(name, PASSWORD);
        var second = refresh(first.at("refresh_token"));

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.at("token_type")).isEqualTo("Bearer");
        assertThat(first.json().path("expires_in").asLong()).isBetween(1L, 900L);
        assertThat(first.header("Cache-Control")).isEqualTo("no-store");
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.at("refresh_token")).isNotEqualTo(first.at("refresh_token"));
        assertThat(me(second).at("principal")).isEqualTo(name);
    }

    @Test
    void endsTheSessionWhenARefreshTokenComesTwice() {
        var name = AUTH.user(PASSWORD);
        var first = AUTH.signIn(name, PASSWORD);
        var second = refresh(first.at("refresh_token"));

        assertThat(refresh(first.at("refresh_token")).status()).isEqualTo(401);

        assertThat(refresh(second.at("refresh_token")).status()).isEqualTo(401);
        assertThat(me(first).status()).isEqualTo(401);
        assertThat(me(second).status()).isEqualTo(401);
    }

    @Test
    void signsOut() {
        var signedIn = AUTH.signIn(AUTH.user(PASSWORD), PASSWORD);
        var body = json(Map.of("refresh_token", signedIn.at("refresh_token")));

        var out = AUTH.send("DELETE", "/auth/v1/sessions/current", body);

        assertThat(out.status()).isEqualTo(204);
        assertThat(me(signedIn).status()).isEqualTo(401);
        assertThat(refresh(signedIn.at("refresh_token")).status()).isEqualTo(401);
    }

    @Test
    void saysTheSameOfAWrongPasswordAndAnUnknownName() {
        var name = AUTH.user(PASSWORD);

        var wrong = AUTH.signIn(name, "not the password");
        var unknown = AUTH.signIn(TestAuth.freshName("nobody"), PASSWORD);
        var serviceAccount = AUTH.signIn("meseta-master", "the-secret-of-the-master-in-tests");

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.at("detail")).isEqualTo(unknown.at("detail"));
        assertThat(wrong.at("type")).isEqualTo("urn:meseta:problem:unauthenticated");
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(serviceAccount.status()).isEqualTo(401);
    }

    @Test
    void stopsCheckingPasswordsAfterTooManyWrongOnes() {
        var name = AUTH.user(PASSWORD);
        Reply last = AUTH.signIn(name, "wrong");
        for (int i = 0; i < 12 && last.status() == 401; i++) last = AUTH.signIn(name, "wrong");

        assertThat(last.status()).isEqualTo(429);
        assertThat(last.header("Retry-After")).matches("[1-9]\\d*");
        assertThat(AUTH.signIn(name, PASSWORD).status()).isEqualTo(429);
    }

    @Test
    void endsSessionsWithANewPasswordALockOrARevocation() {
        for (var ending : new String[] {"password", "lock", "revoke", "own"}) {
            var name = AUTH.user(PASSWORD);
            var signedIn = AUTH.signIn(name, PASSWORD);
            assertThat(me(signedIn).status()).isEqualTo(200);

            var done = end(ending, name, signedIn);

            assertThat(done.status()).as(ending + " " + done).isIn(200, 204);
            assertThat(me(signedIn).status()).as(ending).isEqualTo(401);
            assertThat(refresh(signedIn.at("refresh_token")).status()).as(ending).isEqualTo(401);
        }
    }

    private static Reply end(String ending, String name, Reply signedIn) {
        var user = "/auth/v1/users/" + name;
        var other = "another long password";
        return switch (ending) {
            case "password" ->
                    AUTH.admin("PUT", user + "/password", json(Map.of("password", other)));
            case "lock" ->
                    AUTH.admin("PUT", user, json(Map.of("locked", true)), "If-Match", "\"1\"");
            case "revoke" ->
                    AUTH.admin(
                            "POST", "/auth/v1/principals:revoke", json(Map.of("principal", name)));
            default ->
                    AUTH.send(
                            "PUT",
                            "/auth/v1/me/password",
                            json(Map.of("old_password", PASSWORD, "password", other)),
                            "Authorization",
                            "Bearer " + signedIn.at("access_token"));
        };
    }

    @Test
    void letsAUserInAgainRightAfterARevocation() {
        var name = AUTH.user(PASSWORD);
        AUTH.admin("POST", "/auth/v1/principals:revoke", json(Map.of("principal", name)));

        var signedIn = AUTH.signIn(name, PASSWORD);

        assertThat(me(signedIn).status()).isEqualTo(200);
        assertThat(refresh(signedIn.at("refresh_token")).status()).isEqualTo(200);
    }

    @Test
    void refusesBodiesThatAreNone() {
        for (var body :
                new String[] {"", "[]", "{}", "{\"name\":1}", "{\"nam\":\"a\"}", "{\"name\":"}) {
            var reply = AUTH.send("POST", "/auth/v1/sessions", body, "Accept", "application/json");
            assertThat(reply.status()).as(body + reply).isIn(400, 415);
        }
    }

    private static Reply refresh(String token) {
        return AUTH.send("POST", "/auth/v1/sessions:refresh", json(Map.of("refresh_token", token)));
    }

    private static Reply me(Reply signedIn) {
        return AUTH.send(
                "GET", "/auth/v1/me", "", "Authorization", "Bearer " + signedIn.at("access_token"));
    }
}
