package io.meseta.images.registry;

import static io.meseta.images.Faults.refuses;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.meseta.images.manifest.Descriptor;
import io.meseta.images.manifest.MediaTypes;
import io.meseta.images.reference.Digest;
import io.meseta.images.reference.ImageFault.Kind;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is shown to whom, and to whom it is not.
@Timeout(60)
final class LoginIT extends RegistryScene {

    @Test
    void showsAPasswordOnlyWhenAskedForIt() {
        registry.manifest("team/app", "1", "{}", MediaTypes.OCI_MANIFEST);
        var basic = basic("me:" + SECRET);
        registry.want(basic, "Basic realm=\"x\"");
        credentials = DockerConfig.of(registry.host(), new Credential.Password("me", SECRET));

        manifest(":1");

        assertThat(registry.seen())
                .extracting(ScriptedRegistry.Seen::authorization)
                .containsExactly("", basic);
    }

    @Test
    void fetchesATokenOnceForAllOfAPull() {
        registry.manifest("team/app", "1", "{}", MediaTypes.OCI_MANIFEST);
        var blob = blob(10);
        token("t0ken", 3600);
        registry.want("Bearer t0ken", bearer());
        credentials = DockerConfig.of(registry.host(), new Credential.Password("me", SECRET));

        try (var registries = registries()) {
            var repository = registries.open(reference(":1"), credentials);
            repository.manifest();
            download(repository, blob);
        }

        assertThat(other.seen()).hasSize(1);
        assertThat(other.seen().getFirst().authorization()).isEqualTo(basic("me:" + SECRET));
        assertThat(other.seen().getFirst().path())
                .contains("service=here")
                .contains("scope=repository%3Ateam%2Fapp%3Apull");
        assertThat(registry.seen()).hasSize(3);
    }

    @Test
    void fetchesANewTokenWhenTheOldOneHasDied() {
        registry.manifest("team/app", "1", "{}", MediaTypes.OCI_MANIFEST);
        token("t0ken", 100);
        registry.want("Bearer t0ken", bearer());

        try (var registries = registries()) {
            var repository = registries.open(reference(":1"), credentials);
            repository.manifest();
            time.advance(Duration.ofSeconds(95));
            repository.manifest();
        }

        assertThat(other.seen()).hasSize(2);
    }

    @Test
    void exchangesAnIdentityToken() {
        registry.manifest("team/app", "1", "{}", MediaTypes.OCI_MANIFEST);
        token("t0ken", 100);
        registry.want("Bearer t0ken", bearer());
        credentials = DockerConfig.of(registry.host(), new Credential.IdentityToken(SECRET));

        manifest(":1");

        assertThat(other.seen().getFirst().method()).isEqualTo("POST");
        assertThat(other.seen().getFirst().path()).doesNotContain(SECRET);
    }

    @Test
    void saysThatCredentialsAreWrongWithoutSayingThem() {
        registry.want("Basic right", "Basic realm=\"x\"");
        credentials = DockerConfig.of(registry.host(), new Credential.Password("me", SECRET));

        var failed = catchThrowable(() -> manifest(":1"));

        assertThat(failed).hasMessageContaining("answered 401");
        assertThat(failed.toString() + credentials).doesNotContain(SECRET);
        refuses(Kind.UNAUTHORIZED, "401", () -> manifest(":1"));
        assertThat(pauses).isEmpty();
    }

    @Test
    void endsWhenTokensAreNeverGoodEnough() {
        token("t0ken", 100);
        registry.want("Bearer never", bearer());

        refuses(Kind.UNAUTHORIZED, "401", () -> manifest(":1"));

        assertThat(registry.seen().size()).isLessThan(5);
    }

    @Test
    void takesAnIdentityTokenNowhereElse() {
        registry.manifest("team/app", "1", "{}", MediaTypes.OCI_MANIFEST);
        registry.want("Bearer t0ken", bearer());
        credentials = DockerConfig.of(registry.host(), new Credential.IdentityToken(SECRET));
        other.fail(307, "Location", "http://" + registry.host() + "/elsewhere");

        refuses(Kind.UNREACHABLE, "would have us tell a secret to", () -> manifest(":1"));

        assertThat(registry.seen())
                .extracting(ScriptedRegistry.Seen::path)
                .noneMatch(path -> path.contains("elsewhere"));
    }

    @Test
    void followsARedirectWithoutCredentials() {
        var blob = blob(10);
        var bytes = registry.host();
        other.put("/elsewhere", new byte[10]);
        registry.want(basic("me:" + SECRET), "Basic realm=\"x\"");
        credentials = DockerConfig.of(bytes, new Credential.Password("me", SECRET));
        var moved = new Descriptor("", Digest.Algorithm.SHA256.of(new byte[10]), 10);
        registry.fail(401, "WWW-Authenticate", "Basic realm=\"x\"");
        registry.fail(307, "Location", "http://" + other.host() + "/elsewhere?signature=1");

        try (var registries = registries()) {
            download(registries.open(reference(":1"), credentials), moved);
        }

        assertThat(blob.size()).isEqualTo(10);
        assertThat(other.seen()).hasSize(1);
        assertThat(other.seen().getFirst().authorization()).isEmpty();
    }

    private void token(String token, int seconds) {
        other.put(
                "/token",
                "{\"token\": \"%s\", \"expires_in\": %d}"
                        .formatted(token, seconds)
                        .getBytes(UTF_8));
    }

    private String bearer() {
        return ("Bearer realm=\"http://%s/token\",service=\"here\","
                        + "scope=\"repository:team/app:pull\"")
                .formatted(other.host());
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    }
}
