package io.meseta.images.registry;

import static io.meseta.images.Faults.refuses;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.images.manifest.Descriptor;
import io.meseta.images.reference.Digest;
import io.meseta.images.reference.ImageFault.Kind;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Blobs that come in pieces, late, or not as they were announced.
@Timeout(60)
final class DownloadsIT extends RegistryScene {

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
    void beginsAnewWhereWhatWasHeldOfItIsSpoiled() {
        var blob = blob(400_000);
        var progress = new AtomicLong(100_000);
        var sink = new MemorySink(blob);
        sink.append(new byte[100_000], 0, 100_000);

        try (var registries = registries()) {
            registries.open(reference(":1"), credentials).download(blob, sink, progress::addAndGet);
        }

        assertThat(sink.isWhatWasWanted()).isTrue();
        assertThat(progress).hasValue(400_000);
        assertThat(registry.seen().stream().map(ScriptedRegistry.Seen::range))
                .containsExactly("bytes=100000-", "");
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
}
