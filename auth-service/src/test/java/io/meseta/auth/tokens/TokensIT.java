package io.meseta.auth.tokens;

import static io.meseta.auth.testing.TestAuth.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import io.meseta.auth.keys.KeysDesk;
import io.meseta.auth.keys.Purpose;
import io.meseta.auth.testing.FirstFiles;
import io.meseta.auth.testing.Reply;
import io.meseta.auth.testing.TestAuth;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TokensIT {

    private static final String ISSUER = "http://127.0.0.1:8080/auth";
    private static final TestAuth AUTH = TestAuth.shared();

    @Test
    void givesServiceAccountsTokensThatAnybodyCanCheck() throws Exception {
        var answer = AUTH.token(FirstFiles.MEMBER, FirstFiles.SECRET);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.at("token_type")).isEqualTo("Bearer");
        var token = answer.at("access_token");
        assertThat(Forge.header(token))
                .containsEntry("alg", "ES256")
                .containsEntry("typ", "at+jwt");
        assertThat(Forge.claims(token))
                .containsEntry("iss", ISSUER)
                .containsEntry("aud", List.of("meseta"))
                .containsEntry("sub", FirstFiles.MEMBER)
                .containsEntry("kind", "service-account")
                .containsKeys("jti", "iat", "nbf", "exp");
        var keys = JWKSet.parse(AUTH.send("GET", "/auth/oauth2/jwks", "").text());
        assertThat(keys.containsNonPublicKeys()).isFalse();
        var key = keys.getKeyByKeyId(Forge.text(Forge.header(token), "kid")).toECKey();
        assertThat(JWSObject.parse(token).verify(new ECDSAVerifier(key))).isTrue();
        assertThat(me(token).at("principal")).isEqualTo(FirstFiles.MEMBER);
    }

    @Test
    void saysWhereItsDoorsAre() {
        var metadata = AUTH.send("GET", "/auth/.well-known/oauth-authorization-server", "");

        assertThat(metadata.at("issuer")).isEqualTo(ISSUER);
        assertThat(metadata.at("token_endpoint")).isEqualTo(ISSUER + "/oauth2/token");
        assertThat(metadata.at("jwks_uri")).isEqualTo(ISSUER + "/oauth2/jwks");
    }

    @Test
    void refusesForgedTokens() {
        var good = AUTH.token(FirstFiles.MEMBER, FirstFiles.SECRET).at("access_token");
        var claims = Forge.claims(good);
        var keyId = Forge.text(Forge.header(good), "kid");
        var keys = AUTH.send("GET", "/auth/oauth2/jwks", "").body();
        var stranger = Forge.pair();

        assertThat(me(good).status()).isEqualTo(200);
        for (var algorithm : new String[] {"none", "None", "NONE", "ES256"}) {
            refuses("alg " + algorithm, Forge.unsigned(good, algorithm));
        }
        refuses("HS256 by the key set", Forge.hs256(claims, keyId, keys));
        refuses("another's key under our id", Forge.es256(claims, keyId, stranger));
        refuses("an unknown key", Forge.es256(claims, "token-0123456789abcdef", stranger));
        refuses("a broken signature", good.substring(0, good.length() - 4) + "AAAA");
        refuses("no token", "a.b.c");
        refuses("nothing", "");
    }

    @Test
    void refusesTokensThatItsOwnKeyWouldSignButNobodyShouldTake() {
        var issued =
                Forge.claims(AUTH.token(FirstFiles.MEMBER, FirstFiles.SECRET).at("access_token"));
        long now = AUTH.now().getEpochSecond();
        refuses(
                "expired",
                ownSignature(with(issued, Map.of("iat", now - 2000, "exp", now - 1000))));
        refuses("wrong audience", ownSignature(with(issued, Map.of("aud", List.of("others")))));
        refuses("wrong issuer", ownSignature(with(issued, Map.of("iss", "http://evil/auth"))));
        refuses("from tomorrow", ownSignature(with(issued, Map.of("iat", now + 86_400))));
        refuses("no kind", ownSignature(with(issued, Map.of("kind", "king"))));
        refuses("lives long", ownSignature(with(issued, Map.of("exp", now + 86_400))));
    }

    private static Map<String, Object> with(Map<String, Object> claims, Map<String, Object> other) {
        var changed = new HashMap<>(claims);
        changed.putAll(other);
        return changed;
    }

    /// As if the service itself had lost its mind.
    private static String ownSignature(Map<String, Object> claims) {
        var keys = AUTH.context().getBean(KeysDesk.class);
        var key = keys.signing(Purpose.TOKEN, AUTH.now());
        return Forge.es256(claims, key.id(), keys.open(key));
    }

    @Test
    void refusesATokenOnceItIsRevoked() {
        var token = AUTH.token(FirstFiles.MEMBER, FirstFiles.SECRET).at("access_token");
        var id = Forge.text(Forge.claims(token), "jti");

        AUTH.admin("POST", "/auth/v1/tokens:revoke", json(Map.of("jti", id)));

        refuses("revoked", token);
        var other = AUTH.token(FirstFiles.MEMBER, FirstFiles.SECRET).at("access_token");
        assertThat(me(other).status()).isEqualTo(200);
    }

    @Test
    void saysTheSameOfAWrongSecretAndAnUnknownName() {
        var wrong = AUTH.token(FirstFiles.MEMBER, "wrong");
        var unknown = AUTH.token("nobody-here", "wrong");
        var user = AUTH.token(FirstFiles.ADMIN, FirstFiles.PASSWORD);

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.text()).isEqualTo(unknown.text());
        assertThat(user.status()).isEqualTo(401);
        var inBody =
                "grant_type=client_credentials&client_id=%s&client_secret=%s"
                        .formatted(FirstFiles.MEMBER, FirstFiles.SECRET);
        assertThat(AUTH.send("POST", "/auth/oauth2/token", inBody).status()).isEqualTo(401);
    }

    @Test
    void takesAnAgentFromItsJoiningToItsEnd() {
        var pair = Forge.pair();
        var joined = join(FirstFiles.JOIN_TOKEN, pair, "machine-1.example");
        var principal = joined.at("principal");
        assertThat(joined.status()).as(joined.toString()).isEqualTo(201);
        assertThat(principal).startsWith("agent/");
        assertThat(join(FirstFiles.JOIN_TOKEN, pair, "machine-1.example").at("principal"))
                .isEqualTo(principal);

        var assertion = assertion(principal, pair);
        var answer = exchange(principal, assertion);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(Forge.claims(answer.at("access_token"))).containsEntry("kind", "agent");
        assertThat(me(answer.at("access_token")).at("principal")).isEqualTo(principal);
        assertThat(exchange(principal, assertion).status()).as("replayed").isEqualTo(401);

        var path = "/auth/v1/agents/" + principal.substring("agent/".length());
        assertThat(AUTH.admin("GET", path, "").at("hostname")).isEqualTo("machine-1.example");
        assertThat(AUTH.admin("DELETE", path, "").status()).isEqualTo(204);
        refuses("after the end", answer.at("access_token"));
        assertThat(exchange(principal, assertion(principal, pair)).status()).isEqualTo(401);
        assertThat(join(FirstFiles.JOIN_TOKEN, pair, "machine-1.example").status()).isEqualTo(401);
    }

    @Test
    void refusesWrongAssertions() {
        var pair = Forge.pair();
        var principal = join(FirstFiles.JOIN_TOKEN, pair, "machine-2").at("principal");
        var audience = AUTH.at("/auth/oauth2/token").toString();
        var good = Forge.assertion(principal, audience, AUTH.now());
        long now = AUTH.now().getEpochSecond();

        assertThat(
                        exchange(principal, Forge.unsigned(Forge.es256(good, "k", pair), "none"))
                                .status())
                .isEqualTo(401);
        assertThat(exchange(principal, Forge.es256(good, "k", Forge.pair())).status())
                .isEqualTo(401);
        for (var wrong :
                List.<Map<String, Object>>of(
                        Map.of("sub", "agent/other"),
                        Map.of("iss", "agent/other"),
                        Map.of("aud", "http://evil/other"),
                        Map.of("exp", now - 600),
                        Map.of("exp", now + 86_400),
                        Map.of("jti", ""))) {
            var assertion = Forge.es256(with(good, wrong), "k", pair);
            assertThat(exchange(principal, assertion).status()).as(wrong.toString()).isEqualTo(401);
        }
        assertThat(exchange(principal, Forge.es256(good, "k", pair)).status()).isEqualTo(200);
    }

    @Test
    void letsAJoinTokenBeUsedAsOftenAsItSays() {
        var made =
                AUTH.admin(
                        "POST", "/auth/v1/join-tokens", json(Map.of("uses", 1, "expires_in", 600)));
        var token = made.at("join_token");
        assertThat(made.status()).isEqualTo(201);
        assertThat(AUTH.admin("GET", "/auth/v1/join-tokens", "").text()).doesNotContain(token);

        assertThat(join(token, Forge.pair(), "one").status()).isEqualTo(201);
        assertThat(join(token, Forge.pair(), "two").status()).isEqualTo(401);
        assertThat(join("unknown", Forge.pair(), "three").status()).isEqualTo(401);
        var path = "/auth/v1/join-tokens/" + made.at("id");
        assertThat(AUTH.admin("GET", path, "").json().path("uses_left").asInt()).isZero();
        assertThat(AUTH.admin("DELETE", path, "").status()).isEqualTo(204);
    }

    @Test
    void refusesKeysOfOtherKinds() throws Exception {
        for (var algorithm : new String[] {"Ed25519", "RSA"}) {
            var pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
            assertThat(join(FirstFiles.JOIN_TOKEN, pair, "other").status()).isEqualTo(400);
        }
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(384);
        assertThat(join(FirstFiles.JOIN_TOKEN, generator.generateKeyPair(), "other").status())
                .isEqualTo(400);
        assertThat(join(FirstFiles.JOIN_TOKEN, Forge.pair(), "a host\nname").status())
                .isEqualTo(400);
    }

    private static Reply join(String token, KeyPair pair, String hostname) {
        var key = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
        var body = Map.of("join_token", token, "public_key", key, "hostname", hostname);
        return AUTH.send("POST", "/auth/v1/agents:join", json(body));
    }

    private static String assertion(String principal, KeyPair pair) {
        var audience = AUTH.at("/auth/oauth2/token").toString();
        return Forge.es256(Forge.assertion(principal, audience, AUTH.now()), "k", pair);
    }

    private static Reply exchange(String principal, String assertion) {
        var type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
        var form =
                ("grant_type=client_credentials&client_id=%s&client_assertion_type=%s"
                                + "&client_assertion=%s")
                        .formatted(encoded(principal), encoded(type), assertion);
        return AUTH.send("POST", "/auth/oauth2/token", form);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Reply me(String token) {
        return AUTH.send("GET", "/auth/v1/me", "", "Authorization", "Bearer " + token);
    }

    private static void refuses(String what, String token) {
        assertThat(me(token).status()).as(what).isEqualTo(401);
    }
}
