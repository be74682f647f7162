package io.meseta.auth.keys;

import static io.meseta.auth.testing.TestAuth.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.auth.testing.FirstFiles;
import io.meseta.auth.testing.TestAuth;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class KeysIT {

    private static final TestAuth AUTH = TestAuth.shared();

    @Test
    void announcesANewKeyBeforeItSigns() {
        var before = token();

        var made = AUTH.admin("POST", "/auth/v1/keys:rotate", json(Map.of("purpose", "token")));

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.at("state")).isEqualTo("announced");
        assertThat(AUTH.send("GET", "/auth/oauth2/jwks", "").text()).contains(made.at("id"));
        assertThat(works(before)).isEqualTo(200);
        assertThat(works(token())).isEqualTo(200);
        assertThat(AUTH.admin("DELETE", "/auth/v1/keys/" + made.at("id"), "").status())
                .isEqualTo(204);
    }

    @Test
    void makesAStolenKeysTokensVoidAtOnce() {
        var before = token();

        var made =
                AUTH.admin(
                        "POST",
                        "/auth/v1/keys:rotate",
                        json(Map.of("purpose", "token", "at_once", true)));

        assertThat(made.at("state")).isEqualTo("signing");
        assertThat(works(before)).isEqualTo(401);
        assertThat(works(token())).isEqualTo(200);
        assertThat(AUTH.administratorsToken()).isNotEmpty();
    }

    @Test
    void refusesWhatWouldLeaveNobodyAbleToFollow() {
        var bundleAtOnce = json(Map.of("purpose", "bundle", "at_once", true));
        assertThat(AUTH.admin("POST", "/auth/v1/keys:rotate", bundleAtOnce).status())
                .isEqualTo(400);
        assertThat(
                        AUTH.admin("POST", "/auth/v1/keys:rotate", json(Map.of("purpose", "x")))
                                .status())
                .isEqualTo(400);
        for (var key : AUTH.admin("GET", "/auth/v1/keys", "").json().path("items")) {
            assertThat(key.has("private_key")).isFalse();
            if (!key.path("state").asString().equals("signing")) continue;
            var path = "/auth/v1/keys/" + key.path("id").asString();
            assertThat(AUTH.admin("DELETE", path, "").status()).isEqualTo(409);
        }
    }

    @Test
    void keepsPrivateHalvesSealed() {
        var rows = AUTH.database().text("SELECT encode(sealed_private, 'hex') FROM signing_keys");
        var key = AUTH.context().getBean(KeysDesk.class).signing(Purpose.TOKEN, AUTH.now());
        var open = AUTH.context().getBean(KeysDesk.class).open(key).getEncoded();

        assertThat(rows).doesNotContain(HexFormat.of().formatHex(open));
    }

    private static String token() {
        return AUTH.token(FirstFiles.MEMBER, FirstFiles.SECRET).at("access_token");
    }

    private static int works(String token) {
        return AUTH.send("GET", "/auth/v1/me", "", "Authorization", "Bearer " + token).status();
    }
}
