package io.meseta.gateway.services;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.gateway.catalogue.CatalogueFollower;
import io.meseta.gateway.testing.RawLine;
import io.meseta.gateway.testing.StandInInstance;
import io.meseta.gateway.testing.StandInMaster;
import io.meseta.gateway.testing.TestGateway;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ServicesIT {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final StandInInstance one = new StandInInstance("one");
    private final StandInInstance two = new StandInInstance("two");
    private StandInMaster master;
    private TestGateway gateway;

    @BeforeEach
    void start() {
        master = new StandInMaster();
        master.tell(StandInInstance.snapshot(1, one.task("web"), two.task("web")));
        gateway =
                TestGateway.open(
                        "--meseta.gateway.masters=" + master.address(),
                        "--meseta.gateway.stale-after=1s");
        await("web", 2);
    }

    private void await(String service, int count) {
        var catalogue = gateway.bean(CatalogueFollower.class);
        Await.shortly()
                .until(
                        count + " instances are known",
                        () -> catalogue.current().live(service).size() == count);
    }

    @AfterEach
    void stop() {
        http.shutdownNow();
        gateway.close();
        master.close();
        one.close();
        two.close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(gateway.at(path)).timeout(Duration.ofSeconds(20));
    }

    @Test
    void sendsCallsToEveryInstanceByName() throws Exception {
        for (int call = 0; call < 50; call++) {
            var answer = get("/services/web/a/b?x&y=1");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("GET /a/b?x&y=1");
            assertThat(answer.body()).contains("X-forwarded-prefix=/services/web");
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                    .startsWith("sandbox");
        }
        assertThat(one.calls()).isPositive();
        assertThat(two.calls()).isPositive();
    }

    @Test
    void choosesAPortByNameOrNumber() throws Exception {
        assertThat(get("/services/web:main/").statusCode()).isEqualTo(200);
        assertThat(get("/services/web:" + one.port() + "/").body()).startsWith("one");
        var unknown = get("/services/web:other/");
        assertThat(unknown.statusCode()).isEqualTo(503);
        assertThat(unknown.body()).contains("No instance of 'web' is up");
    }

    @Test
    void keepsCredentialsFromServices() throws Exception {
        var request =
                request("/services/web/")
                        .header("Authorization", "Bearer secret")
                        .header("Cookie", "a=1; meseta-session=secret; b=2")
                        .header("X-Meseta-Identity", "forged")
                        .build();

        var told = http.send(request, BodyHandlers.ofString()).body();

        assertThat(told).doesNotContain("secret").doesNotContain("forged");
        assertThat(told).contains("Cookie=a=1; b=2");
    }

    @Test
    void failsNoIdempotentRequestWhileAnInstanceDiesUnderLoad() throws Exception {
        var isOver = new AtomicBoolean();
        var failures = new ArrayList<String>();
        long calls = 0;
        try (var callers = Executors.newFixedThreadPool(8)) {
            var running = new ArrayList<Future<List<String>>>();
            for (int caller = 0; caller < 8; caller++) {
                running.add(callers.submit(() -> callUntil(isOver)));
            }
            Await.shortly().until("both are called", () -> one.calls() > 100 && two.calls() > 100);
            one.close();
            int before = two.calls();
            Await.shortly().until("the other goes on", () -> two.calls() > before + 500);
            isOver.set(true);
            for (var each : running) failures.addAll(each.get(10, TimeUnit.SECONDS));
            calls = one.calls() + two.calls();
        }

        assertThat(calls).isPositive();
        assertThat(failures).isEmpty();
    }

    private List<String> callUntil(AtomicBoolean isOver) throws InterruptedException {
        var failures = new ArrayList<String>();
        while (!isOver.get()) {
            try {
                var answer = get("/services/web/load");
                if (answer.statusCode() != 200) failures.add(answer.statusCode() + answer.body());
            } catch (IOException failure) {
                failures.add(failure.toString());
            }
        }
        return failures;
    }

    @Test
    void sendsNoPostTwice() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> acceptAndHangUp(silent));
            master.tell(
                    StandInInstance.snapshot(
                            1,
                            one.task("shy"),
                            StandInInstance.task("shy2", silent.getLocalPort(), "http")));
            await("shy2", 1);

            var answer =
                    http.send(
                            request("/services/shy2/").POST(BodyPublishers.ofString("x")).build(),
                            BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(answer.body()).contains("is not known");
        }
    }

    private static void acceptAndHangUp(ServerSocket server) {
        try {
            while (true) {
                try (var peer = server.accept()) {
                    var first = peer.getInputStream().read();
                    if (first < 0) return;
                }
            }
        } catch (IOException _) {
            // The test is over.
        }
    }

    @Test
    void wouldRatherNotCallThanGuess() throws Exception {
        assertThat(get("/services/web/").statusCode()).isEqualTo(200);

        master.fallSilent();

        Await.shortly()
                .passes(
                        "it is too old",
                        () -> {
                            var answer = get("/services/web/");
                            assertThat(answer.statusCode()).isEqualTo(503);
                            assertThat(answer.body()).contains("silent for too long");
                            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
                        });
    }

    @Test
    void callsNeitherTheUnhealthyNorTheUnknown() throws Exception {
        master.tell(
                StandInInstance.snapshot(
                        1,
                        one.task("web").replace("\"healthy\":true", "\"healthy\":false"),
                        two.task("web").replace("TASK_RUNNING", "TASK_STARTING")));
        await("web", 0);

        assertThat(get("/services/web/").statusCode()).isEqualTo(503);
        assertThat(get("/services/nothing/").statusCode()).isEqualTo(503);
    }

    @Test
    void listsServicesWithWhatProtectsThem() throws Exception {
        var list = get("/api/gateway/v1/services").body();

        assertThat(list).contains("\"name\":\"web\"").contains("rules at the door only");
        assertThat(list).contains("127.0.0.1:" + one.port()).contains("\"fresh\":true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/services/web/a%2fb",
                "/services/web/%2e%2e/x",
                "/services/web/%252e%252e/x",
                "/services/web/a//b",
                "/services/web/a;b/c",
                "/services/web/a%5cb",
                "/services/web/%c0%ae%c0%ae/x",
                "/services/web/a/../../other"
            })
    void refusesPathsThatServersReadDifferently(String path) throws Exception {
        try (var line = new RawLine(gateway.port())) {
            line.say("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(line.head()).startsWith("HTTP/1.1 400");
        }
        assertThat(one.calls() + two.calls()).isZero();
    }

    @Test
    void passesEventsAsTheyCome() throws Exception {
        var more = new CountDownLatch(1);
        one.on(
                "/events",
                exchange -> {
                    try (exchange) {
                        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
                        exchange.sendResponseHeaders(200, 0);
                        exchange.getResponseBody().write("data: 1\n\n".getBytes(UTF_8));
                        exchange.getResponseBody().flush();
                        more.await(10, TimeUnit.SECONDS);
                        exchange.getResponseBody().write("data: 2\n\n".getBytes(UTF_8));
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                });
        var answer =
                http.send(
                        request("/services/web:" + one.port() + "/events").build(),
                        BodyHandlers.ofInputStream());

        assertThat(answer.body().readNBytes(9)).asString().isEqualTo("data: 1\n\n");
        more.countDown();
        assertThat(answer.body().readAllBytes()).asString().isEqualTo("data: 2\n\n");
    }

    @Test
    void becomesATunnelForWebSockets() throws Exception {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> echoAfterHandshake(server));
            master.tell(
                    StandInInstance.snapshot(
                            1, StandInInstance.task("chat", server.getLocalPort(), "http")));
            await("chat", 1);
            try (var line = new RawLine(gateway.port())) {
                line.say(
                        "GET /services/chat/room HTTP/1.1\r\nHost: localhost\r\n"
                                + "Connection: Upgrade\r\nUpgrade: websocket\r\n"
                                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: abc\r\n\r\nearly");

                var head = line.head();
                assertThat(head).startsWith("HTTP/1.1 101").contains("Sec-WebSocket-Accept: xyz");
                assertThat(line.until("early")).isEqualTo("early");
                assertThat(line.say("hello").until("hello")).isEqualTo("hello");
                line.say("end");
                assertThat(line.until("end")).isEqualTo("end");
                assertThat(line.isEnded()).isTrue();
            }
        }
    }

    private static void echoAfterHandshake(ServerSocket server) {
        try (var peer = server.accept()) {
            var in = peer.getInputStream();
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) head.append((char) in.read());
            assertThat(head.toString())
                    .startsWith("GET /room HTTP/1.1")
                    .contains("Sec-WebSocket-Key");
            var out = peer.getOutputStream();
            out.write(
                    ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                                    + "Connection: Upgrade\r\nSec-WebSocket-Accept: xyz\r\n\r\n")
                            .getBytes(UTF_8));
            var said = new StringBuilder();
            while (said.indexOf("end") < 0) {
                int next = in.read();
                if (next < 0) return;
                said.append((char) next);
                out.write(next);
            }
        } catch (IOException _) {
            // The test is over.
        }
    }
}
