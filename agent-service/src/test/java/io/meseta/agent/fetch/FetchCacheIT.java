package io.meseta.agent.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is fetched once for many, what must add up, and what comes by another program.
@Timeout(60)
class FetchCacheIT {

    private static final FetchLimits LIMITS =
            new FetchLimits(1 << 20, 100, Duration.ofSeconds(10), Duration.ofSeconds(20));
    private static final int STOPS = 3000;
    private static final String SHA256_OF_HELLO =
            "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @TempDir private Path directory;
    private HttpServer server;
    private final AtomicInteger downloads = new AtomicInteger();

    @BeforeEach
    void prepare() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void downloadsOnceForAllWhoWaitAndAllWhoComeLater() throws Exception {
        var mayAnswer = new CountDownLatch(1);
        serve("/hello", "hello".getBytes(UTF_8), mayAnswer);
        var fetcher = fetcher(1 << 20, "");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks =
                    List.of("a", "b", "c").stream()
                            .map(name -> threads.submit(() -> fetch(fetcher, name, "/hello")))
                            .toList();
            Await.shortly().until("one asks", () -> downloads.get() == 1);
            mayAnswer.countDown();
            for (var task : tasks) assertThat(task.get()).hasContent("hello");
        }
        assertThat(fetch(fetcher, "d", "/hello")).hasContent("hello");

        assertThat(downloads).hasValue(1);
        assertThat(fetcher.figures()).isEqualTo(new Fetcher.Figures(4, 0, 5, 1 << 20));
    }

    @Test
    void dropsWhatWasUnusedForLongestAndNeverGrowsBeyondItsBound() throws Exception {
        serve("/first", new byte[600], new CountDownLatch(0));
        serve("/second", new byte[600], new CountDownLatch(0));
        var fetcher = fetcher(1000, "");

        fetch(fetcher, "a", "/first");
        fetch(fetcher, "b", "/second");
        assertThat(fetcher.figures().cacheBytes()).isEqualTo(600);
        fetch(fetcher, "c", "/second");
        assertThat(downloads).hasValue(2);
        fetch(fetcher, "d", "/first");
        assertThat(downloads).hasValue(3);
    }

    @Test
    void fetchesWhatIsTooLargeForTheCacheAllTheSame() throws Exception {
        serve("/large", new byte[3000], new CountDownLatch(0));
        var fetcher = fetcher(1000, "");

        assertThat(fetch(fetcher, "a", "/large")).hasSize(3000);
        assertThat(fetcher.figures().cacheBytes()).isZero();
    }

    @Test
    void keepsNothingOfAFailedDownload() {
        server.createContext(
                "/gone",
                exchange -> {
                    downloads.incrementAndGet();
                    exchange.sendResponseHeaders(404, -1);
                    exchange.close();
                });
        var fetcher = fetcher(1000, "");

        for (int i = 0; i < 2; i++)
            assertThatThrownBy(() -> fetch(fetcher, "a", "/gone")).hasMessageContaining("404");
        assertThat(downloads).hasValue(2);
        assertThat(fetcher.figures().cacheBytes()).isZero();
        assertThat(fetcher.figures().failed()).isEqualTo(2);
    }

    @Test
    void handsOverToTheNextWhenItsDownloaderIsStopped() throws Exception {
        var mayAnswer = new CountDownLatch(1);
        serve("/hello", "hello".getBytes(UTF_8), mayAnswer);
        var fetcher = fetcher(1000, "");
        var first = Thread.ofVirtual().start(() -> quietly(() -> fetch(fetcher, "a", "/hello")));
        Await.shortly().until("the first asks", () -> downloads.get() == 1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var second = threads.submit(() -> fetch(fetcher, "b", "/hello"));
            first.interrupt();
            Await.shortly().until("the second asks", () -> downloads.get() == 2);
            mayAnswer.countDown();
            assertThat(second.get(20, TimeUnit.SECONDS)).hasContent("hello");
        }
    }

    /// At whatever moment one is stopped, the next to ask gets its file.
    @Test
    void leavesNobodyWaitingForOneThatWasStopped() throws Exception {
        var random = new Random(7);
        var cache = new FetchCache(directory.resolve("fetched"), 1 << 20);
        var keys = new ArrayList<FetchCache.Key>();
        for (int round = 0; round < STOPS; round++) {
            var key = new FetchCache.Key("", "uri-" + round);
            keys.add(key);
            var stopped = Thread.ofPlatform().start(() -> quietly(() -> take(cache, key)));
            long until = System.nanoTime() + random.nextInt(200_000);
            while (System.nanoTime() < until) Thread.onSpinWait();
            stopped.interrupt();
            stopped.join();
        }

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var key : keys) {
                var next = threads.submit(() -> take(cache, key));
                try {
                    assertThat(next.get(20, TimeUnit.SECONDS)).isTrue();
                } finally {
                    next.cancel(true);
                }
            }
        }
    }

    private static boolean take(FetchCache cache, FetchCache.Key key)
            throws IOException, InterruptedException {
        return cache.with(key, out -> out.write(1), file -> assertThat(file).hasSize(1));
    }

    @Test
    void takesOnlyWhatAddsUp() throws Exception {
        serve("/hello", "hello".getBytes(UTF_8), new CountDownLatch(0));
        var fetcher = fetcher(1000, "");

        assertThat(fetch(fetcher, "a", "/hello#sha256=" + SHA256_OF_HELLO)).hasContent("hello");
        for (var wrong :
                List.of(
                        "#sha256=" + "0".repeat(64),
                        "#sha512=" + "0".repeat(128),
                        "#sha256=12",
                        "#sha1=" + "0".repeat(40)))
            assertThatThrownBy(() -> fetch(fetcher, "b", "/hello" + wrong))
                    .as(wrong)
                    .isInstanceOf(FetchFailure.class);
    }

    @Test
    void asksAHadoopClientForWhatOnlyItCanRead() throws Exception {
        var client = directory.resolve("hadoop");
        Files.writeString(
                client, "#!/bin/sh\n[ \"$1 $2\" = 'fs -cat' ] && printf 'from %s' \"$3\"\n");
        Files.setPosixFilePermissions(client, PosixFilePermissions.fromString("rwxr-xr-x"));
        var fetcher = fetcher(0, client.toString());
        var sandbox = Files.createDirectory(directory.resolve("a"));

        fetcher.fetch(
                List.of(new FetchItem("hdfs://name/dir/file", "", true, false, false)),
                sandbox,
                List.of(),
                Optional.empty());
        assertThat(sandbox.resolve("file")).hasContent("from hdfs://name/dir/file");
    }

    private interface Risky {
        Object run() throws Exception;
    }

    private static void quietly(Risky risky) {
        try {
            risky.run();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private Fetcher fetcher(long cacheBytes, String hadoop) {
        return new Fetcher(
                new FetchSettings(LIMITS, directory.resolve("fetched"), cacheBytes, hadoop));
    }

    private Path fetch(Fetcher fetcher, String task, String path) throws Exception {
        var sandbox = Files.createDirectories(directory.resolve(task));
        var uri = "http://127.0.0.1:" + server.getAddress().getPort() + path;
        fetcher.fetch(
                List.of(new FetchItem(uri, "out", true, false, true)),
                sandbox,
                List.of("stdout", "stderr"),
                Optional.empty());
        return sandbox.resolve("out");
    }

    private void serve(String path, byte[] body, CountDownLatch mayAnswer) {
        server.createContext(
                path,
                exchange -> {
                    downloads.incrementAndGet();
                    try {
                        mayAnswer.await();
                        exchange.sendResponseHeaders(200, body.length);
                        exchange.getResponseBody().write(body);
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    } finally {
                        exchange.close();
                    }
                });
    }
}
