package io.meseta.images.registry;

import static io.meseta.images.Faults.refuses;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.meseta.images.manifest.Descriptor;
import io.meseta.images.manifest.MediaTypes;
import io.meseta.images.reference.Digest;
import io.meseta.images.reference.ImageFault.Kind;
import io.meseta.images.reference.ImageReference;
import io.meseta.testkit.FakeTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class RepositoryIT {

    private static final String SECRET = "s3cr3t-of-ours";

    private final ScriptedRegistry registry = new ScriptedRegistry();
    private final ScriptedRegistry other = new ScriptedRegistry();
    private final FakeTime time = new FakeTime();
    private final List<Duration> pauses = new ArrayList<>();
    private RegistrySettings settings =
            RegistrySettings.usual().withPlainHttp(registry.host(), other.host());
    private DockerConfig credentials = DockerConfig.empty();

    @AfterEach
    void close() {
        registry.close();
        other.close();
    }

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
    void resumesADownloadThatWasCut() {
        var blob = blob(400_000);
        for (int i = 1; i <= 3; i++) registry.fail(cutAfter(blob, 100_000));
        var progress = new AtomicLong();

        try (var registries = registries()) {
            var sink = new MemorySink(blob);
            registries.open(reference(":1"), credentials).download(blob, sink, progress::addAndGet);

            assertThat(sink.isWhatWasWanted()).isTrue();
        }
        assertThat(progress).hasValue(400_000);
        assertThat(registry.seen().stream().map(ScriptedRegistry.Seen::range).skip(1))
                .allMatch(range -> range.startsWith("bytes="));
    }

    @Test
    void startsAgainWhereRangesAreNotServed() {
        var blob = blob(400_000);
        registry.serveNoRanges();
        registry.fail(cutAfter(blob, 100_000));
        var progress = new AtomicLong();

        try (var registries = registries()) {
            var sink = new MemorySink(blob);
            registries.open(reference(":1"), credentials).download(blob, sink, progress::addAndGet);

            assertThat(sink.isWhatWasWanted()).isTrue();
        }
        assertThat(progress).hasValue(400_000);
    }

    @Test
    void refusesABlobThatIsAnotherOrLonger() {
        var bytes = new byte[100];
        var wanted = Digest.Algorithm.SHA256.of("x".getBytes(UTF_8));
        registry.put("/v2/team/app/blobs/" + wanted, bytes);

        try (var registries = registries()) {
            var repository = registries.open(reference(":1"), credentials);
            refuses(
                    Kind.WRONG_DIGEST,
                    "something else",
                    () -> download(repository, new Descriptor("", wanted, 100)));
            refuses(
                    Kind.WRONG_DIGEST,
                    "longer",
                    () -> download(repository, new Descriptor("", wanted, 50)));
            refuses(
                    Kind.UNREACHABLE,
                    "in 6 attempts",
                    () -> download(repository, new Descriptor("", wanted, 200)));
        }
    }

    @Test
    void endsADownloadThatStalls() {
        var blob = blob(1000);
        settings =
                new RegistrySettings(
                        settings.plainHttp(),
                        settings.mirrors(),
                        settings.connectTimeout(),
                        settings.answerTimeout(),
                        Duration.ofMillis(150),
                        2);
        var end = new CountDownLatch(1);
        for (int i = 0; i < 2; i++) {
            registry.fail(exchange -> {
                exchange.sendResponseHeaders(200, 1000);
                exchange.getResponseBody().write(new byte[1]);
                exchange.getResponseBody().flush();
                await(end);
            });
        }

        try (var registries = registries()) {
            var repository = registries.open(reference(":1"), credentials);
            refuses(Kind.UNREACHABLE, "next to nothing", () -> download(repository, blob));
        } finally {
            end.countDown();
        }
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

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }

    private ScriptedRegistry.Fault cutAfter(Descriptor blob, int bytes) {
        return exchange -> {
            int from = 0;
            var range = exchange.getRequestHeaders().getFirst("Range");
            if (range != null) from = Integer.parseInt(range.replaceAll("\\D", ""));
            if (range != null) {
                exchange.getResponseHeaders().add("Content-Range", "bytes " + from + "-/");
            }
            exchange.sendResponseHeaders(range == null ? 200 : 206, blob.size() - from);
            exchange.getResponseBody().write(content((int) blob.size()), from, bytes);
            exchange.getResponseBody().flush();
        };
    }

    private Descriptor blob(int size) {
        var digest = registry.blob("team/app", content(size));
        return new Descriptor("", digest, size);
    }

    private static byte[] content(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
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

    private ImageReference reference(String rest) {
        return ImageReference.parse(registry.host() + "/team/app" + rest);
    }

    private FetchedManifest manifest(String rest) {
        try (var registries = registries()) {
            return registries.open(reference(rest), credentials).manifest();
        }
    }

    private static byte[] download(Repository repository, Descriptor blob) {
        var sink = new MemorySink(blob);
        repository.download(blob, sink, _ -> {});
        return sink.bytes();
    }

    private Registries registries() {
        return new Registries(settings, pauses::add, time);
    }
}
