package io.meseta.gateway.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.gateway.masters.Masters;
import io.meseta.gateway.testing.RawLine;
import io.meseta.gateway.testing.StandInInstance;
import io.meseta.gateway.testing.StandInMaster;
import io.meseta.gateway.testing.TestGateway;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ControlPlaneIT {

    private static final int MEGABYTE = 1024 * 1024;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private StandInMaster first;
    private StandInMaster second;
    private TestGateway gateway;

    @BeforeEach
    void start() {
        first = new StandInMaster();
        second = new StandInMaster();
        second.leads(first.port());
        for (var master : new StandInMaster[] {first, second}) {
            master.on(
                    "/api/v1",
                    exchange -> {
                        try (exchange) {
                            exchange.getRequestBody().readAllBytes();
                            var text =
                                    "master " + master.port() + " " + exchange.getRequestHeaders();
                            exchange.sendResponseHeaders(200, text.length());
                            exchange.getResponseBody().write(text.getBytes(UTF_8));
                        }
                    });
        }
        gateway =
                TestGateway.open(
                        "--meseta.gateway.masters=" + first.address() + "," + second.address());
        var masters = gateway.bean(Masters.class);
        Await.shortly().until("a leader is known", () -> masters.leader().isPresent());
    }

    @AfterEach
    void stop() {
        http.shutdownNow();
        gateway.close();
        first.close();
        second.close();
    }

    private String get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofString()).body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(gateway.at(path)).timeout(Duration.ofSeconds(20));
    }

    @Test
    void goesToTheLeaderAndFollowsAChange() throws Exception {
        assertThat(get("/api/v1")).startsWith("master " + first.port());

        first.leads(second.port());
        second.leads(second.port());

        Await.shortly()
                .until(
                        "the new leader answers",
                        () -> get("/api/v1").startsWith("master " + second.port()));
    }

    @Test
    void saysWhenToComeAgainWhileNobodyLeads() throws Exception {
        first.leads(0);
        second.leads(0);
        var masters = gateway.bean(Masters.class);
        Await.shortly().until("no leader is known", () -> masters.leader().isEmpty());

        var plain = http.send(request("/state").build(), BodyHandlers.ofString());
        var own = http.send(request("/api/meseta/v1/tasks").build(), BodyHandlers.ofString());

        assertThat(plain.statusCode()).isEqualTo(503);
        assertThat(plain.headers().firstValue("Retry-After")).contains("1");
        assertThat(own.statusCode()).isEqualTo(503);
        assertThat(own.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(own.body()).contains("urn:meseta:problem:unavailable").contains("requestId");
    }

    @Test
    void followsARedirectOfAFormerLeader() throws Exception {
        first.on(
                "/api/meseta/v1/x",
                exchange -> {
                    try (exchange) {
                        exchange.getResponseHeaders()
                                .set(
                                        "Location",
                                        "//127.0.0.1:" + second.port() + "/api/meseta/v1/x");
                        exchange.sendResponseHeaders(307, -1);
                    }
                });
        second.on(
                "/api/meseta/v1/x",
                exchange -> {
                    try (exchange) {
                        exchange.sendResponseHeaders(200, 2);
                        exchange.getResponseBody().write("ok".getBytes(UTF_8));
                    }
                });

        assertThat(get("/api/meseta/v1/x")).isEqualTo("ok");
        var posted =
                http.send(
                        request("/api/meseta/v1/x").POST(BodyPublishers.ofString("body")).build(),
                        BodyHandlers.ofString());
        assertThat(posted.statusCode()).isEqualTo(503);
    }

    @Test
    void pointsAtItselfWhenAskedWhereTheLeaderIs() throws Exception {
        var answer = http.send(request("/master/redirect").build(), BodyHandlers.discarding());

        assertThat(answer.statusCode()).isEqualTo(307);
        assertThat(answer.headers().firstValue("Location"))
                .contains("//127.0.0.1:" + gateway.port());
    }

    @Test
    void stripsWhatIsNotTheCallersToSay() throws Exception {
        try (var line = new RawLine(gateway.port())) {
            line.say(
                    String.join(
                            "\r\n",
                            "GET /api/v1 HTTP/1.1",
                            "Host: 127.0.0.1",
                            "X-Forwarded-For: 6.6.6.6",
                            "Forwarded: for=6.6.6.6",
                            "X-Meseta-Identity: me",
                            "X-Real-Ip: 6.6.6.6",
                            "Connection: x-secret, close",
                            "X-Secret: 1",
                            "X-Kept: 2",
                            "",
                            ""));

            var answer = line.until("}]");

            assertThat(answer).contains("X-forwarded-for=[127.0.0.1]").contains("X-kept=[2]");
            assertThat(answer).doesNotContain("6.6.6.6").doesNotContainIgnoringCase("x-secret");
            assertThat(answer).doesNotContainIgnoringCase("x-meseta");
        }
    }

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

    @Test
    void findsAgentsByTheirIds() throws Exception {
        try (var agent = new StandInInstance("agent")) {
            first.tell(StandInInstance.snapshot(agent.port()));
            Await.shortly()
                    .passes(
                            "the agent answers",
                            () ->
                                    assertThat(get("/agents/a1/files/read?path=/x"))
                                            .startsWith("agent\nGET /files/read?path=/x"));
            var unknown =
                    http.send(request("/agents/nobody/state").build(), BodyHandlers.ofString());
            assertThat(unknown.statusCode()).isEqualTo(404);
        }
    }

    /// A request whose body was on its way is answered like any other.
    @Test
    void saysThatNobodyCanBeReached() throws Exception {
        int port;
        try (var agent = new StandInInstance("agent")) {
            port = agent.port();
        }
        first.tell(StandInInstance.snapshot(port));
        var call = request("/agents/a1/api/v1").POST(BodyPublishers.ofString("{}")).build();
        Await.shortly()
                .until(
                        "the agent is known",
                        () -> http.send(call, BodyHandlers.discarding()).statusCode() != 404);

        for (int again = 0; again < 50; again++) {
            var answer = http.send(call, BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("Whoever answers here cannot be reached.\n");
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /api/v1 HTTP/1.1|Host: x|Content-Length: 5|Transfer-Encoding: chunked||0||",
                "POST /api/v1 HTTP/1.1|Host: x|Content-Length: 5|Content-Length: 6||abcdef",
                "POST /api/v1 HTTP/1.1|Host: x|Transfer-Encoding: xchunked||",
                "GET /api/v1 HTTP/1.1|Host: x|Host: y||",
                "GET /api/v1 HTTP/1.1|Host: x|X : y||",
                "GET /api/v1 HTTP/1.1|Host: x| X: folded||",
                "GET /api/%2e%2e/v1 HTTP/1.1|Host: x||",
                "GET /api%2fv1 HTTP/1.1|Host: x||",
                "CONNECT 127.0.0.1:22 HTTP/1.1|Host: 127.0.0.1:22||"
            })
    void refusesWhatSmugglersSend(String request) throws Exception {
        try (var line = new RawLine(gateway.port())) {
            assertThat(line.say(request.replace("|", "\r\n")).head())
                    .matches("(?s)HTTP/1.1 (400|501) .*");
        }
    }

    @Test
    void answersInOpenModeOnlyToLoopbackHosts() throws Exception {
        try (var line = new RawLine(gateway.port())) {
            var answer = line.say("GET /api/v1 HTTP/1.1\r\nHost: evil.test\r\n\r\n").head();
            assertThat(answer).startsWith("HTTP/1.1 403");
        }
        try (var line = new RawLine(gateway.port())) {
            line.say("GET /api/v1 HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.test\r\n\r\n");
            assertThat(line.head()).startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void tellsItsOwnHealthAndWhoIsSignedIn() throws Exception {
        assertThat(get("/actuator/health/liveness")).contains("UP");
        assertThat(get("/api/gateway/v1/session")).contains("\"open\":true");
        assertThat(get("/api/gateway/v1/openapi")).contains("/api/gateway/v1/services");
        var page = http.send(request("/").build(), BodyHandlers.ofString());
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'none'");
        var nowhere = http.send(request("/nowhere").build(), BodyHandlers.ofString());
        assertThat(nowhere.statusCode()).isEqualTo(404);
    }
}
