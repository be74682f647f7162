package io.meseta.images.registry;

import static io.meseta.images.Faults.refuses;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.meseta.images.manifest.MediaTypes;
import io.meseta.images.reference.Digest;
import io.meseta.images.reference.ImageFault.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class RepositoryIT extends RegistryScene {

    @Test
    void fetchesAManifestAndABlob() {
        var digest = registry.manifest("team/app", "1", "{}", MediaTypes.OCI_MANIFEST);
        var blob = blob(100_000);

        try (var registries = registries()) {
            var repository = registries.open(reference(":1"), credentials);

            assertThat(repository.resolve()).contains(digest);
            assertThat(repository.manifest().digest()).isEqualTo(digest);
            assertThat(repository.manifest().mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
            assertThat(download(repository, blob)).hasSize(100_000);
        }
        assertThat(registry.seen()).allMatch(seen -> seen.authorization().isEmpty());
    }

    @Test
    void refusesAManifestThatIsNotWhatWasPinned() {
        registry.manifest("team/app", "1", "{}", MediaTypes.OCI_MANIFEST);
        var pinned = Digest.Algorithm.SHA256.of("other".getBytes(UTF_8));
        registry.put("/v2/team/app/manifests/" + pinned, "{}".getBytes(UTF_8));

        refuses(Kind.WRONG_DIGEST, "is not sha256", () -> manifest("@" + pinned));
    }

    @Test
    void triesAgainWhatMayPass() {
        registry.manifest("team/app", "1", "{}", MediaTypes.OCI_MANIFEST);
        registry.fail(503);
        registry.fail(429, "Retry-After", "7");
        registry.fail(500, "Retry-After", "Thu, 01 Jan 2026 00:00:09 GMT");
        registry.fail(exchange -> {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
        });

        manifest(":1");

        assertThat(pauses).hasSize(4);
        assertThat(pauses.get(0)).isBetween(Duration.ofMillis(125), Duration.ofMillis(250));
        assertThat(pauses.get(1)).isEqualTo(Duration.ofSeconds(7));
        assertThat(pauses.get(2)).isEqualTo(Duration.ofSeconds(9));
        assertThat(pauses.get(3)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void givesUpInTheEnd() {
        for (int i = 0; i < 20; i++) registry.fail(502, "Retry-After", "999999999");

        refuses(Kind.UNREACHABLE, "in 6 attempts", () -> manifest(":1"));

        assertThat(pauses).hasSize(5).allMatch(Duration.ofMinutes(2)::equals);
    }

    @Test
    void doesNotTryAgainWhatWillNotPass() {
        refuses(Kind.NOT_FOUND, "404, \"no such thing\"", () -> manifest(":none"));
        registry.fail(400);
        refuses(Kind.UNREACHABLE, "400", () -> manifest(":1"));

        assertThat(pauses).isEmpty();
    }

    @Test
    void refusesRedirectsThatLoopOrLoseTls() {
        for (int i = 0; i < 10; i++) registry.fail(302, "Location", "/v2/again");
        refuses(Kind.UNREACHABLE, "too many redirects", () -> manifest(":1"));
        registry.fail(302, "Location", "/v2/end");
        refuses(Kind.NOT_FOUND, "404", this::drained);
        registry.fail(302, "Location", "http://plain.example/x?token=" + SECRET);
        refuses(
                Kind.UNREACHABLE,
                "plain.example would be reached without TLS",
                () -> manifest(":1"));
        registry.fail(302, "Location", "file:///etc/passwd");
        refuses(Kind.UNREACHABLE, "no address of a registry", () -> manifest(":1"));
    }

    /// The faults that the loop did not use are used up first.
    private void drained() {
        for (int i = 0; i < 10; i++) {
            var failed = catchThrowable(() -> manifest(":1"));
            if (failed instanceof io.meseta.images.reference.ImageFault fault
                    && fault.kind() == Kind.NOT_FOUND) throw fault;
        }
    }

    @Test
    void asksMirrorsFirstAndShowsThemNothing() {
        var digest = other.manifest("team/app", "1", "{}", MediaTypes.OCI_MANIFEST);
        registry.manifest("team/app", "1", "{\"not\": \"asked\"}", MediaTypes.OCI_MANIFEST);
        settings = settings.withMirrors(registry.host(), other.host());
        credentials = DockerConfig.of(registry.host(), new Credential.RegistryToken(SECRET));

        try (var registries = registries()) {
            var repository = registries.open(reference(":1"), credentials);

            assertThat(repository.manifest().digest()).isEqualTo(digest);
        }
        assertThat(other.seen().getFirst().authorization()).isEmpty();
        assertThat(registry.seen()).isEmpty();
    }

    @Test
    void goesOnToTheRegistryWhenAMirrorIsWrong() {
        settings = settings.withMirrors(registry.host(), other.host());
        registry.manifest("team/app", "1", "{}", MediaTypes.OCI_MANIFEST);
        var blob = blob(1000);
        other.put("/v2/team/app/blobs/" + blob.digest(), new byte[1000]);

        manifest(":1");
        try (var registries = registries()) {
            var repository = registries.open(reference(":1"), credentials);

            assertThat(download(repository, blob)).hasSize(1000);
        }
    }

    @Test
    void goesOnToTheRegistryWhenAMirrorNamesADigestOfNoKind() {
        settings = settings.withMirrors(registry.host(), other.host());
        registry.manifest("team/app", "1", "{}", MediaTypes.OCI_MANIFEST);
        other.fail(exchange -> {
            exchange.getResponseHeaders().add("Docker-Content-Digest", "md5:00");
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes(UTF_8));
        });

        assertThat(manifest(":1").mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
    }

    @Test
    void asksNoPortThatNoMachineHas() {
        registry.fail(302, "Location", "http://" + registry.host() + "9999/x");

        refuses(Kind.UNREACHABLE, "no port of a registry", () -> manifest(":1"));
    }

    @Test
    void stopsWhenInterrupted() throws InterruptedException {
        var end = new CountDownLatch(1);
        var asked = new CountDownLatch(1);
        registry.fail(exchange -> {
            asked.countDown();
            await(end);
        });
        var caught = new ArrayList<Throwable>();
        var thread =
                Thread.ofVirtual().start(() -> caught.add(catchThrowable(() -> manifest(":1"))));
        asked.await();

        thread.interrupt();

        assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
        end.countDown();
        refuses(
                Kind.CANCELLED,
                "stopped",
                () -> {
                    throw caught.getFirst();
                });
    }

    @Test
    void refusesAManifestThatNeverEnds() {
        registry.put("/v2/team/app/manifests/1", new byte[5 << 20]);

        refuses(Kind.TOO_LARGE, "a manifest above", () -> manifest(":1"));
    }
}
