package io.meseta.platform.streams;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.platform.RawClient;
import io.meseta.platform.TestApplication;
import io.meseta.platform.TestController;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Streams over a real server and real sockets.
final class StreamOutboxIT {

    private static final String SUBSCRIBE =
            "POST /api/v1/scheduler HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n";

    private static TestApplication.Running service;
    private static TestController routes;

    @BeforeAll
    static void start() {
        service = TestApplication.start("--server.jetty.connection-idle-timeout=1s");
        routes = service.routes();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void forgetWhatFailedBefore() {
        routes.ends().clear();
    }

    @AfterEach
    void leavesNothingOpen() {
        Await.shortly().until("no stream is open", () -> outboxes().openStreams() == 0);
        assertThat(outboxes().waitingBytes()).isZero();
        assertThat(routes.ends()).isEmpty();
    }

    @Test
    void sendsItsHeadAtOnceAndFramesAsTheyCome() throws Exception {
        try (var client = new RawClient(service.port())) {
            var stream = subscribe(client);

            assertThat(stream.offer(ascii("one"))).isTrue();
            assertThat(client.hearUntil("one")).contains("one");
            stream.close(ascii("last"));

            assertThat(client.hearUntil("0\r\n\r\n")).contains("last");
            assertThat(end()).isEqualTo(StreamEnd.CLOSED);
            assertThat(stream.offer(ascii("late"))).isFalse();
        }
    }

    /// Proxies do: they keep connections whose end nobody has announced.
    @Test
    void leavesTheConnectionToWhateverIsAskedNext() throws Exception {
        try (var client = new RawClient(service.port())) {
            for (int round = 0; round < 100; round++) {
                var stream = subscribe(client);
                stream.close(ascii("last"));

                assertThat(client.hearUntil("0\r\n\r\n")).contains("last");
                assertThat(end()).isEqualTo(StreamEnd.CLOSED);
            }
        }
    }

    @Test
    void outlivesTheConnectionsIdleTimeout() throws Exception {
        try (var client = new RawClient(service.port())) {
            var stream = subscribe(client);
            var quietUntil = System.nanoTime() + Duration.ofMillis(2500).toNanos();

            Await.shortly().until("it was quiet", () -> System.nanoTime() > quietUntil);

            assertThat(stream.offer(ascii("still here"))).isTrue();
            assertThat(client.hearUntil("still here")).contains("still here");
            stream.close();
            assertThat(end()).isEqualTo(StreamEnd.CLOSED);
        }
    }

    @Test
    void keepsTheOrderOfEachThreadOverThousandsOfFrames() throws Exception {
        try (var client = new RawClient(service.port());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var stream = subscribe(client);
            var reader = threads.submit(() -> frames(client.stream()));
            var writers = 8;
            var each = 5_000;
            var done = new CountDownLatch(writers);
            for (int writer = 0; writer < writers; writer++) {
                var name = writer;
                threads.execute(() -> {
                    for (int i = 0; i < each; i++) offerPatiently(stream, name, i);
                    done.countDown();
                });
            }
            assertThat(done.await(30, SECONDS)).isTrue();

            stream.close();

            assertThat(reader.get(30, SECONDS)).isEqualTo(writers * each);
            assertThat(end()).isEqualTo(StreamEnd.CLOSED);
        }
    }

    @Test
    void sendsAFrameLargerThanAnyBufferWhole() throws Exception {
        try (var client = new RawClient(service.port());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var stream = subscribe(client);
            var reader = threads.submit(client::hear);

            stream.offer(ascii("x".repeat(3 << 20)));
            stream.close(ascii("end"));

            var heard = reader.get(20, SECONDS).chars().filter(c -> c == 'x').count();
            assertThat(heard).isEqualTo(3 << 20);
            assertThat(end()).isEqualTo(StreamEnd.CLOSED);
        }
    }

    @Test
    void cutsOffAReaderForWhomTooMuchWaits() throws Exception {
        try (var client = new RawClient(service.port())) {
            var stream = subscribe(client);
            var frame = new byte[64 * 1024];

            var taken = 0;
            while (taken < 10_000 && stream.offer(frame)) taken++;

            assertThat(end()).isEqualTo(StreamEnd.OVERFLOW);
            assertThat(taken).isBetween(60, 1_000);
            assertThat(stream.isOpen()).isFalse();
        }
    }

    @Test
    void cutsOffAReaderWhoTakesNothing() throws Exception {
        try (var client = new RawClient(service.port())) {
            var stream = subscribe(client);

            fillUp(stream);

            assertThat(end()).isEqualTo(StreamEnd.STALLED);
        }
    }

    @Test
    void endsAnOrderlyCloseThatNobodyReads() throws Exception {
        try (var client = new RawClient(service.port())) {
            var stream = subscribe(client);
            fillUp(stream);

            stream.close(ascii("last"));

            assertThat(end()).isEqualTo(StreamEnd.STALLED);
        }
    }

    @Test
    void noticesAReaderWhoHangsUpWhileNothingIsSent() throws Exception {
        var client = new RawClient(service.port());
        var stream = subscribe(client);

        client.close();

        assertThat(end()).isEqualTo(StreamEnd.PEER_GONE);
        assertThat(stream.offer(ascii("x"))).isFalse();
    }

    @Test
    void noticesAReaderWhoDies() throws Exception {
        var client = new RawClient(service.port());
        var stream = subscribe(client);
        fillUp(stream);

        client.reset();

        assertThat(end()).isEqualTo(StreamEnd.PEER_GONE);
    }

    /// What it says is lost, or heard after the stream; the stream is none the worse.
    @Test
    void survivesAReaderWhoSaysMoreThanItShould() throws Exception {
        try (var client = new RawClient(service.port())) {
            var stream = subscribe(client);

            client.say("GET /nothing HTTP/1.1\nHost: localhost\nConnection: close\n\n");
            stream.offer(ascii("one"));
            assertThat(client.hearUntil("one")).contains("one");
            stream.close(ascii("last"));

            assertThat(client.hear()).contains("last");
            assertThat(end()).isEqualTo(StreamEnd.CLOSED);
        }
    }

    @Test
    void endsOnceWhoeverEndsIt() throws Exception {
        for (int round = 0; round < 200; round++) {
            try (var client = new RawClient(service.port());
                    var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var stream = subscribe(client);
                var start = new CountDownLatch(1);
                var racers = new ArrayList<Runnable>();
                racers.add(() -> stream.offer(ascii("frame")));
                racers.add(() -> stream.close(ascii("last")));
                racers.add(() -> stream.close(ascii("last")));
                if (round % 2 == 0) racers.add(stream::cut);
                if (round % 4 < 2) racers.add(() -> resetQuietly(client));
                for (var racer : racers) {
                    threads.execute(() -> {
                        Await.shortly().until("the start", () -> start.await(1, SECONDS));
                        racer.run();
                    });
                }

                start.countDown();

                assertThat(end()).isIn(StreamEnd.CLOSED, StreamEnd.PEER_GONE);
            }
        }
    }

    @Test
    void endsAllStreamsBeforeTheServerStops() throws Exception {
        var own = TestApplication.start();
        try (var reading = new RawClient(own.port());
                var deaf = new RawClient(own.port())) {
            reading.say(SUBSCRIBE).hearUntil("\r\n\r\n");
            deaf.say(SUBSCRIBE).hearUntil("\r\n\r\n");
            var ownRoutes = own.routes();
            ownRoutes.streams().take();
            var second = ownRoutes.streams().take();
            fillUp(second);
            long start = System.nanoTime();

            own.close();

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(5));
            assertThat(ownRoutes.ends()).contains(StreamEnd.SHUTDOWN).hasSize(2);
            assertThat(reading.hear()).endsWith("0\r\n\r\n");
        }
    }

    private static StreamOutboxes outboxes() {
        return service.context().getBean(StreamOutboxes.class);
    }

    private static StreamOutbox subscribe(RawClient client) throws Exception {
        var head = client.say(SUBSCRIBE).hearUntil("\r\n\r\n");
        assertThat(head).startsWith("HTTP/1.1 200 ").contains("Mesos-Stream-Id: s1");
        return Optional.ofNullable(routes.streams().poll(10, SECONDS)).orElseThrow();
    }

    /// Offers until the kernel's buffers, too, are full and nothing moves any more.
    private static void fillUp(StreamOutbox stream) {
        var last = new AtomicLong();
        var still = new AtomicInteger();
        Await.shortly()
                .until(
                        "nothing moves",
                        () -> {
                            while (stream.isOpen() && stream.waitingBytes() < 1 << 20) {
                                stream.offer(new byte[65536]);
                            }
                            var hasMoved = last.getAndSet(stream.waitingBytes()) != last.get();
                            if (hasMoved) still.set(0);
                            return still.incrementAndGet() == 10;
                        });
    }

    private static StreamEnd end() throws InterruptedException {
        return Optional.ofNullable(routes.ends().poll(10, SECONDS)).orElseThrow();
    }

    /// A frame is `<writer:number>`. Writers wait while much waits, since here nothing may be lost.
    private static void offerPatiently(StreamOutbox stream, int writer, int number) {
        Await.shortly().until("there is room", () -> stream.waitingBytes() < 1 << 20);
        assertThat(stream.offer(ascii("<" + writer + ":" + number + ">"))).isTrue();
    }

    /// Counts the frames and holds each writer's against their order. Chunk sizes stand between the
    /// frames' brackets and are skipped.
    private static int frames(InputStream in) throws IOException {
        var next = new int[8];
        var count = 0;
        var frame = new StringBuilder();
        var text = new String(in.readAllBytes(), US_ASCII).replaceAll("\r\n[0-9A-Fa-f]+\r\n", "");
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '<') {
                frame.setLength(0);
            } else if (c == '>') {
                var parts = frame.toString().split(":", -1);
                int writer = Integer.parseInt(parts[0]);
                assertThat(Integer.parseInt(parts[1])).isEqualTo(next[writer]++);
                count++;
            } else {
                frame.append(c);
            }
        }
        return count;
    }

    private static void resetQuietly(RawClient client) {
        try {
            client.reset();
        } catch (IOException _) {
            // Closed by the other racer.
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
