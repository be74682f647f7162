package io.meseta.images.registry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.images.JsonGrowth;
import io.meseta.images.reference.ImageFault;
import io.meseta.testkit.fuzz.Choices;
import io.meseta.testkit.fuzz.Fuzz;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What decides what is shown to whom: challenges (`WWW-Authenticate`), answers of token servers,
/// Docker's `config.json`. Challenges are the same once written again; a token lives for a bounded
/// time and fits a header; no trouble quotes a secret.
public final class RegistryTextsFuzz {

    private static final String SECRET = "s3cr3t";
    private static final List<String> WORDS =
            List.of(
                    "Bearer",
                    "Basic",
                    "realm",
                    "service",
                    "scope",
                    "https://auth.example/token",
                    "token",
                    "access_token",
                    "expires_in",
                    "auths",
                    "auth",
                    "registrytoken",
                    "identitytoken",
                    "username",
                    "password",
                    "registry.example",
                    "https://index.docker.io/v1/",
                    "bWU6cHc=",
                    SECRET,
                    SECRET + "\n",
                    SECRET + "\u00e9");

    private static final Fuzz FUZZ =
            Fuzz.of(
                    RegistryTextsFuzz.class,
                    RegistryTextsFuzz::fuzzerTestOneInput,
                    RegistryTextsFuzz::seeds);

    @TestFactory
    Stream<DynamicTest> takeWhateverComes() {
        return FUZZ.tests(8_000);
    }

    /// Called by the fuzzer.
    public static void fuzzerInitialize() {
        FUZZ.layOutSeeds();
    }

    /// Called by the fuzzer.
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        var choices = new Choices(input, WORDS);
        switch (choices.below(6)) {
            case 0 -> checkChallenges(new String(choices.rest(), ISO_8859_1));
            case 1 -> checkChallenges(grown(choices));
            case 2 -> attempt(() -> checkToken(choices.rest()));
            case 3 -> attempt(() -> checkToken(JsonGrowth.object(choices, 2).getBytes(UTF_8)));
            case 4 -> attempt(() -> checkConfig(choices.rest()));
            default -> attempt(() -> checkConfig(JsonGrowth.object(choices, 3).getBytes(UTF_8)));
        }
    }

    private static String grown(Choices choices) {
        var header = new StringBuilder();
        while (!choices.isOver() && header.length() < 9_000) {
            header.append(choices.text());
            header.append(choices.of(List.of(" ", ",", "=", "=\"", "\"", "\\", "\t", ", ")));
        }
        return header.toString();
    }

    private static void checkChallenges(String header) {
        var challenges = Challenge.parse(List.of(header));
        for (var challenge : challenges) {
            assertThat(challenge.scheme())
                    .isNotEmpty()
                    .isEqualTo(challenge.scheme().toLowerCase(Locale.ROOT));
        }
        var again =
                challenges.stream()
                        .map(RegistryTextsFuzz::written)
                        .collect(Collectors.joining(","));
        assertThat(again.length() > 8192 ? challenges : Challenge.parse(List.of(again)))
                .isEqualTo(challenges);
    }

    private static String written(Challenge challenge) {
        return challenge.parameters().entrySet().stream()
                .map(each ->
                        each.getKey()
                                + "=\""
                                + each.getValue().replace("\\", "\\\\").replace("\"", "\\\"")
                                + "\"")
                .collect(Collectors.joining(",", challenge.scheme() + " ", ""));
    }

    private static void checkToken(byte[] answer) {
        Token.parse(answer)
                .ifPresent(token -> {
                    assertThat(token.life()).isBetween(Duration.ofSeconds(54), Duration.ofDays(1));
                    assertThat(isHeader(token.header())).isTrue();
                    assertThat(token).hasToString("Token[life=" + token.life() + "]");
                });
    }

    private static void checkConfig(byte[] text) {
        var config = DockerConfig.parse(text);
        for (var registry : List.of("docker.io", "registry.example", "")) {
            var credential = config.credential(registry, "team/app");
            switch (credential) {
                case Credential.Anonymous _ -> {}
                case Credential.Password password ->
                        assertThat(isHeader(password.basic())).isTrue();
                case Credential.IdentityToken(var token) -> assertThat(token).isNotEmpty();
                case Credential.RegistryToken(var token) ->
                        assertThat(isHeader("Bearer " + token)).isTrue();
            }
        }
    }

    private static boolean isHeader(String value) {
        HttpRequest.newBuilder(URI.create("https://h/")).setHeader("Authorization", value);
        return value.indexOf('\n') < 0;
    }

    private static void attempt(Runnable attempt) {
        try {
            attempt.run();
        } catch (ImageFault refused) {
            assertThat(refused.kind()).isIn(ImageFault.Kind.MALFORMED, ImageFault.Kind.TOO_LARGE);
            assertThat(refused.getMessage()).doesNotContain(SECRET);
        }
    }

    private static List<byte[]> seeds() {
        return Stream.of(
                        "\0Bearer realm=\"https://a/b?c=d,e\", service=\"s \\\"q\\\"\",scope=x,"
                                + " Basic realm=\"y\", Negotiate",
                        "\1\0\0\2\3\5\1\2",
                        "\2{\"token\": \"t\", \"expires_in\": 300}",
                        "\2{\"access_token\": \"t\", \"expires_in\": 9223372036854775807}",
                        "\4{\"auths\": {\"https://index.docker.io/v1/\": {\"auth\": \"bWU6cHc=\"},"
                                + " \"registry.example\": {\"registrytoken\": \"t\"}}}",
                        "\4{\"h.example\": {\"username\": \"u\", \"password\": \"p\"}}")
                .map(each -> each.getBytes(UTF_8))
                .toList();
    }
}
