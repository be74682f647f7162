package io.meseta.gateway.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.gateway.testing.RawLine;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// What comes piece by piece, and callers who leave meanwhile.
final class StreamedBodiesIT extends TwoMasters {

    private static final int MEGABYTE = 1024 * 1024;

    @Test
    void passesAStreamOnAsItComes() throws Exception {
        var isOver = new CountDownLatch(1);
        var more = new CountDownLatch(1);
        first.on(
                "/api/v1/scheduler",
                exchange -> {
                    try (exchange) {
                        exchange.getRequestBody().readAllBytes();
                        exchange.getResponseHeaders().set("Content-Type", "application/json");
                        exchange.sendResponseHeaders(200, 0);
                        exchange.getResponseBody().write("5\nfirst".getBytes(UTF_8));
                        exchange.getResponseBody().flush();
                        more.await(10, TimeUnit.SECONDS);
                        exchange.getResponseBody().write("6\nsecond".getBytes(UTF_8));
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    } finally {
                        isOver.countDown();
                    }
                });

        var answer =
                http.send(
                        request("/api/v1/scheduler").POST(BodyPublishers.ofString("{}")).build(),
                        BodyHandlers.ofInputStream());
        assertThat(answer.body().readNBytes(7)).asString().isEqualTo("5\nfirst");
        more.countDown();
        assertThat(answer.body().readAllBytes()).asString().isEqualTo("6\nsecond");
    }

    @Test
    void endsTheOtherSideWhenTheCallerHangsUp() throws Exception {
        var isGone = new AtomicBoolean();
        var hasBegun = new CountDownLatch(1);
        first.on(
                "/api/v1/scheduler",
                exchange -> {
                    try (exchange) {
                        exchange.sendResponseHeaders(200, 0);
                        exchange.getResponseBody().write("begun".getBytes(UTF_8));
                        exchange.getResponseBody().flush();
                        hasBegun.countDown();
                        while (true) {
                            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                            exchange.getResponseBody().write('.');
                            exchange.getResponseBody().flush();
                        }
                    } catch (IOException _) {
                        isGone.set(true);
                    }
                });
        try (var line = new RawLine(gateway.port())) {
            line.say("GET /api/v1/scheduler HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").until("begun");
            assertThat(hasBegun.await(5, TimeUnit.SECONDS)).isTrue();
        }

        Await.shortly().until("the master's stream is cut", isGone::get);
    }

    /// It is not told that its connection ends, so the connection must not end: a POST that meets a
    /// closed one is lost, and cannot be repeated by itself.
    @Test
    void goesOnWithACallerWhoseAnswerTookLong() throws Exception {
        first.on(
                "/api/meseta/v1/slow",
                exchange -> {
                    try (exchange) {
                        var isLateToBegin = exchange.getRequestURI().getQuery().equals("begin");
                        if (isLateToBegin) takeLong();
                        exchange.sendResponseHeaders(200, isLateToBegin ? "so far".length() : 0);
                        exchange.getResponseBody().write("so ".getBytes(UTF_8));
                        exchange.getResponseBody().flush();
                        if (!isLateToBegin) takeLong();
                        exchange.getResponseBody().write("far".getBytes(UTF_8));
                    }
                });
        try (var line = new RawLine(gateway.port())) {
            for (var late : new String[] {"begin", "end", "begin", "end"}) {
                line.say(
                        "POST /api/meseta/v1/slow?%s HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                                        .formatted(late)
                                + "Content-Length: 2\r\n\r\n{}");

                var end = late.equals("begin") ? "far" : "\r\n0\r\n\r\n";
                assertThat(line.until(end)).as(late).contains("200", "so ", "far");
            }
        }
    }

    /// Longer than it takes until a caller is watched for its leaving.
    private static void takeLong() {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        while (System.nanoTime() < until) LockSupport.parkNanos(until - System.nanoTime());
    }

    @Test
    void endsTheCallersStreamWhenTheOtherSideBreaksOff() throws Exception {
        first.on(
                "/api/v1/scheduler",
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write("begun".getBytes(UTF_8));
                    exchange.getResponseBody().flush();
                    first.close();
                });
        try (var line = new RawLine(gateway.port())) {
            line.say("GET /api/v1/scheduler HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").until("begun");

            // Not as a complete answer: there is no last chunk.
            assertThat(line.until("\r\n0\r\n\r\n")).doesNotContain("\r\n0\r\n");
        }
    }

    @Test
    void streamsBodiesOfAnySizeBothWaysAndSlowsTheSender() throws Exception {
        long size = 200L * MEGABYTE;
        var taken = new AtomicLong();
        var received = new AtomicLong();
        var mayRead = new CountDownLatch(1);
        first.on(
                "/api/meseta/v1/big",
                exchange -> {
                    try (exchange) {
                        mayRead.await(10, TimeUnit.SECONDS);
                        // First all of one, then all of the other: so the JDK's client does it.
                        received.set(
                                exchange.getRequestBody()
                                        .transferTo(OutputStream.nullOutputStream()));
                        exchange.sendResponseHeaders(200, 0);
                        var block = new byte[MEGABYTE];
                        for (long sent = 0; sent < size; sent += MEGABYTE) {
                            exchange.getResponseBody().write(block);
                        }
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                });
        var body =
                BodyPublishers.ofInputStream(() ->
                        new InputStream() {
                            private final byte[] block = new byte[MEGABYTE];

                            @Override
                            public int read() {
                                return taken.getAndIncrement() < size ? 0 : -1;
                            }

                            @Override
                            public int read(byte[] into, int from, int length) {
                                if (taken.get() >= size) return -1;
                                int count =
                                        (int)
                                                Math.min(
                                                        Math.min(length, MEGABYTE),
                                                        size - taken.get());
                                System.arraycopy(block, 0, into, from, count);
                                taken.addAndGet(count);
                                return count;
                            }
                        });
        var answering =
                http.sendAsync(
                        request("/api/meseta/v1/big").POST(body).build(),
                        BodyHandlers.ofInputStream());

        var before = new AtomicLong(-1);
        Await.shortly()
                .until(
                        "the sender is held up",
                        () -> before.getAndSet(taken.get()) == taken.get() && taken.get() > 0);
        assertThat(taken.get()).isLessThan(50L * MEGABYTE);
        mayRead.countDown();
        long read = 0;
        try (var in = answering.get(20, TimeUnit.SECONDS).body()) {
            var buffer = new byte[MEGABYTE];
            for (int count; (count = in.read(buffer)) >= 0; ) read += count;
        }
        assertThat(received.get()).isEqualTo(size);
        assertThat(read).isEqualTo(size);
    }
}
