package io.meseta.auth.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.auth.testing.FirstFiles;
import io.meseta.auth.testing.TestAuth;
import io.meseta.platform.access.CallerAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Who waits when somebody guesses: whoever does it, as the gateway tells it.
final class SignInLimitsIT {

    private static final TestAuth AUTH = TestAuth.start("meseta.auth.limits.wrong-per-principal=2");

    @AfterAll
    static void stop() {
        AUTH.close();
    }

    @Test
    void keepWaitingWhoGuessesByTheGatewayAndNobodyElse() {
        var proof = AUTH.token(FirstFiles.MEMBER, FirstFiles.SECRET).at("access_token");
        var name = AUTH.user("a right password");

        for (int i = 0; i < 2; i++) {
            assertThat(signIn(name, "a wrong password", "192.0.2.1", proof)).isEqualTo(401);
        }

        assertThat(signIn(name, "a right password", "192.0.2.1", proof)).isEqualTo(429);
        assertThat(signIn(name, "a right password", "192.0.2.2", proof)).isEqualTo(201);
    }

    @Test
    void countTheGuessesOfWhoeverOnlyCallsItselfTheGateway() {
        var name = AUTH.user("a right password");

        for (int i = 0; i < 2; i++) {
            assertThat(signIn(name, "a wrong password", "192.0.2." + i, "x.y.z")).isEqualTo(401);
        }

        assertThat(signIn(name, "a right password", "192.0.2.9", "x.y.z")).isEqualTo(429);
    }

    @Test
    void holdForClientsToo() {
        var proof = AUTH.token(FirstFiles.MEMBER, FirstFiles.SECRET).at("access_token");

        for (int i = 0; i < 2; i++) {
            assertThat(token("wrong", "192.0.2.3", proof)).isEqualTo(401);
        }

        assertThat(token(FirstFiles.SECRET, "192.0.2.3", proof)).isEqualTo(429);
        assertThat(token(FirstFiles.SECRET, "192.0.2.4", proof)).isEqualTo(200);
    }

    private static int signIn(String name, String password, String from, String proof) {
        var body = TestAuth.json(Map.of("name", name, "password", password));
        return AUTH.send("POST", "/auth/v1/sessions", body, sentOn(from, proof)).status();
    }

    private static int token(String secret, String from, String proof) {
        var headers = new ArrayList<>(List.of(sentOn(from, proof)));
        headers.addAll(List.of("Authorization", TestAuth.basic(FirstFiles.MEMBER, secret)));
        var body = "grant_type=client_credentials";
        return AUTH.send("POST", "/auth/oauth2/token", body, headers.toArray(String[]::new))
                .status();
    }

    private static String[] sentOn(String from, String proof) {
        return new String[] {CallerAddress.TOLD, from, CallerAddress.PROOF, "Bearer " + proof};
    }
}
