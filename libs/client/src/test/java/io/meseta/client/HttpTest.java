package io.meseta.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.meseta.client.ClientFault.Garbled;
import io.meseta.client.ClientFault.Rejected;
import io.meseta.client.ClientFault.Unreachable;
import io.meseta.client.Http.Outgoing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The client against a server that behaves well, badly, or not at all.
final class HttpTest {

    private HttpServer server;
    private Http http;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        http = new Http(Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() {
        http.close();
        server.stop(0);
    }

    @Test
    void postsTheBodyAgainToWhereARedirectWithoutSchemePoints() {
        serve("/follower", exchange -> redirect(exchange, "//127.0.0.1:" + port() + "/leader?a=b"));
        serve(
                "/leader",
                exchange -> answer(exchange, 202, "", exchange.getRequestBody().readAllBytes()));

        var answer = http.whole(post("/follower", "the body"), 100);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body()).asString().isEqualTo("the body");
        assertThat(answer.address().getPath()).isEqualTo("/leader");
    }

    @Test
    void givesUpOnRedirectsInACircle() {
        serve("/circle", exchange -> redirect(exchange, "//127.0.0.1:" + port() + "/circle"));

        assertThatThrownBy(() -> http.whole(post("/circle", ""), 100))
                .isInstanceOf(Garbled.class)
                .hasMessageContaining("redirects");
    }

    @Test
    void followsNoRedirectToAnotherScheme() {
        serve("/away", exchange -> redirect(exchange, "file:///etc/passwd"));

        assertThatThrownBy(() -> http.whole(post("/away", ""), 100)).isInstanceOf(Garbled.class);
    }

    @Test
    void readsProblemDetails() {
        var problem =
                """
                {"type":"/problems/unknown-task","title":"Unknown task","detail":"no \\u001b[2J x"}
                """;
        serve(
                "/no",
                exchange ->
                        answer(exchange, 404, "application/problem+json", problem.getBytes(UTF_8)));

        assertThatThrownBy(() -> http.whole(Outgoing.get(at("/no")), 100))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> {
                            assertThat(rejected.status()).isEqualTo(404);
                            assertThat(rejected.problem().type())
                                    .isEqualTo("/problems/unknown-task");
                            assertThat(rejected.problem().title()).isEqualTo("Unknown task");
                            assertThat(rejected.problem().detail()).isEqualTo("no ?[2J x");
                        });
    }

    @Test
    void readsThePlainTextOfMesosRoutes() {
        serve(
                "/no",
                exchange ->
                        answer(
                                exchange,
                                400,
                                "text/plain",
                                "Framework cannot be found".getBytes(UTF_8)));

        assertThatThrownBy(() -> http.whole(Outgoing.get(at("/no")), 100))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("HTTP 400: Framework cannot be found");
    }

    @Test
    void readsNoMoreThanTheBound() {
        serve("/long", exchange -> answer(exchange, 200, "", new byte[101]));

        assertThatThrownBy(() -> http.whole(Outgoing.get(at("/long")), 100))
                .isInstanceOf(ClientFault.class);
    }

    @Test
    void doesNotWaitForAnAnswerThatStallsInItsBody() {
        var stop = new CountDownLatch(1);
        serve(
                "/stall",
                exchange -> {
                    exchange.sendResponseHeaders(200, 10);
                    exchange.getResponseBody().write(1);
                    exchange.getResponseBody().flush();
                    await(stop);
                });

        try (var impatient = new Http(Duration.ofMillis(300))) {
            assertThatThrownBy(() -> impatient.whole(Outgoing.get(at("/stall")), 100))
                    .isInstanceOf(Unreachable.class)
                    .hasMessageContaining("no answer within 300 ms");
        } finally {
            stop.countDown();
        }
    }

    @Test
    void saysWhoCouldNotBeReached() throws IOException {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        var nobody = Endpoint.of("127.0.0.1", free);

        assertThatThrownBy(() -> http.whole(Outgoing.get(nobody.at("/x?token=secret")), 100))
                .isInstanceOf(Unreachable.class)
                .hasMessageContaining("http://127.0.0.1:" + free)
                .hasMessageNotContaining("secret");
    }

    @Test
    void sendsTheHeadersItWasGiven() {
        List<String> seen = new ArrayList<>();
        serve(
                "/headers",
                exchange -> {
                    seen.addAll(exchange.getRequestHeaders().get("Mesos-Stream-Id"));
                    answer(exchange, 202, "", new byte[0]);
                });
        var headers = Map.of("Mesos-Stream-Id", "abc");

        http.whole(Outgoing.post(at("/headers"), headers, ByteString.EMPTY), 100);

        assertThat(seen).containsExactly("abc");
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private URI at(String path) {
        return Endpoint.of("127.0.0.1", port()).at(path);
    }

    private Outgoing post(String path, String body) {
        return Outgoing.post(at(path), Map.of(), ByteString.copyFromUtf8(body));
    }

    private void serve(String path, HttpHandler handler) {
        server.createContext(path, handler);
    }

    private static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("Location", location);
        answer(exchange, 307, "", new byte[0]);
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] body)
            throws IOException {
        try (exchange) {
            if (!type.isEmpty()) {
                exchange.getResponseHeaders().add("Content-Type", type);
            }
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
