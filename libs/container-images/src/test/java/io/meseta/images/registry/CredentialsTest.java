package io.meseta.images.registry;

import static io.meseta.images.Faults.refuses;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.images.reference.ImageFault.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CredentialsTest {

    @Test
    void readsDockersForms() {
        // me:pw, in base64.
        var config =
                parse(
                        """
                        {"auths": {
                          "https://index.docker.io/v1/": {"auth": "bWU6cHc="},
                          "registry.example:5000": {"username": "u", "password": "p"},
                          "registry.example:5000/team": {"identitytoken": "id"},
                          "https://other.example/v2/": {"registrytoken": "rt"},
                          "empty.example": {}}}\
                        """);

        assertThat(config.credential("docker.io", "library/debian"))
                .isEqualTo(new Credential.Password("me", "pw"));
        assertThat(config.credential("registry.example:5000", "a/b"))
                .isEqualTo(new Credential.Password("u", "p"));
        assertThat(config.credential("registry.example:5000", "team/b"))
                .isEqualTo(new Credential.IdentityToken("id"));
        assertThat(config.credential("other.example", "x"))
                .isEqualTo(new Credential.RegistryToken("rt"));
        for (var host : List.of("empty.example", "registry.example", "none.example")) {
            assertThat(config.credential(host, "x")).isEqualTo(new Credential.Anonymous());
        }
        assertThat(parse("{\"h.example\": {\"auth\": \"bWU6cHc=\"}}").credential("h.example", "x"))
                .isEqualTo(new Credential.Password("me", "pw"));
    }

    @Test
    void quotesNoSecretInTrouble() {
        for (var auth : List.of("%%%secret", "c2VjcmV0")) {
            refuses(
                    Kind.MALFORMED,
                    "is not user:password",
                    () -> parse("{\"auths\": {\"h\": {\"auth\": \"%s\"}}}".formatted(auth)));
        }
        refuses(Kind.MALFORMED, "no JSON we take", () -> parse("secret"));
        assertThat(parse("{\"auths\": {\"h\": {\"auth\": \"bWU6cHc=\"}}}"))
                .hasToString("DockerConfig[h]");
    }

    @Test
    void showsATokenForABoundedTimeWhateverTheServerSays() {
        var lives =
                Map.of(
                        "300", 270L,
                        "0", 54L,
                        "-9223372036854775808", 54L,
                        "9223372036854775807", 77_760L);
        lives.forEach((said, seconds) -> {
            var answer = "{\"token\": \"t\", \"expires_in\": %s}".formatted(said);

            assertThat(Token.parse(answer.getBytes(UTF_8)).orElseThrow().life())
                    .hasSeconds(seconds);
        });
    }

    @Test
    void takesNoTokenThatAHeaderCannotHold() {
        for (var token : List.of("", "a b", "a\\r\\nHost: x", "\\u00e9")) {
            var answer = "{\"token\": \"%s\"}".formatted(token);

            assertThat(Token.parse(answer.getBytes(UTF_8))).isEmpty();
        }
        refuses(
                Kind.MALFORMED,
                "that no header can hold",
                () -> parse("{\"auths\": {\"h\": {\"registrytoken\": \"s\\n\"}}}"));
    }

    @Test
    void readsChallenges() {
        var challenges =
                Challenge.parse(
                        List.of(
                                "Bearer realm=\"https://a/b?c=d,e\", service=\"s \\\"q\\\"\","
                                        + "scope=\"repository:x:pull\", Basic realm=\"y\"",
                                "Negotiate, Digest nonce=abc"));

        assertThat(challenges)
                .containsExactly(
                        new Challenge(
                                "bearer",
                                Map.of(
                                        "realm",
                                        "https://a/b?c=d,e",
                                        "service",
                                        "s \"q\"",
                                        "scope",
                                        "repository:x:pull")),
                        new Challenge("basic", Map.of("realm", "y")),
                        new Challenge("negotiate", Map.of()),
                        new Challenge("digest", Map.of("nonce", "abc")));
    }

    @Test
    void survivesBrokenChallenges() {
        for (var text :
                List.of(
                        "",
                        ",,,",
                        "=",
                        "Bearer realm=\"",
                        "Bearer =\"x\"",
                        "\"",
                        "a\\",
                        "B x=\"\\")) {
            assertThat(Challenge.parse(List.of(text)).size()).isLessThan(3);
        }
    }

    private static DockerConfig parse(String text) {
        return DockerConfig.parse(text.getBytes(UTF_8));
    }
}
