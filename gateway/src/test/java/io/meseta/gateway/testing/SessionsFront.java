package io.meseta.gateway.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meseta.platform.testing.AuthStandIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// The auth-service's stand-in with people's sessions before it: a password is the name and
/// `-secret`, and a session's key is good until somebody signs out.
public final class SessionsFront implements AutoCloseable {

    private final AuthStandIn behind;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpServer server;
    private static final String KEY = "the-key-of-ann-at-her-browser";

    private final AtomicInteger renewed = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private volatile boolean isSilent;
    private volatile int lifeSeconds = 600;

    public SessionsFront(AuthStandIn behind) {
        this.behind = behind;
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.setExecutor(workers);
        server.createContext("/auth/v1/browser-sessions", this::sessions);
        server.createContext("/", this::pass);
        server.start();
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// How long the tokens say they live, from now on.
    public void tokensLive(int seconds) {
        lifeSeconds = seconds;
    }

    /// How many access tokens were given for the key.
    public int renewed() {
        return renewed.get();
    }

    /// From now on it fails whoever asks it for a session.
    public void falterOverSessions() {
        isSilent = true;
    }

    public int closed() {
        return closed.get();
    }

    private void sessions(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            // Only gateways are answered.
            boolean isGateway = exchange.getRequestHeaders().containsKey("Authorization");
            if (isSilent || !isGateway) {
                answer(exchange, isSilent ? 503 : 401);
            } else if (exchange.getRequestMethod().equals("DELETE")) {
                closed.incrementAndGet();
                exchange.sendResponseHeaders(204, -1);
            } else if (exchange.getRequestURI().getPath().endsWith(":access")) {
                boolean isGood = body.contains(KEY) && closed.get() == 0;
                if (isGood) renewed.incrementAndGet();
                answer(exchange, isGood ? 200 : 404);
            } else {
                answer(exchange, body.contains("ann-secret") ? 201 : 404);
            }
        }
    }

    private void answer(HttpExchange exchange, int status) throws IOException {
        var token = behind.bearer("ann").substring("Bearer ".length());
        var text =
                status / 100 == 2
                        ? ("{\"access_token\":\"%s\",\"expires_in\":%d,"
                                        + "\"session_key\":\"%s\"}")
                                .formatted(token, lifeSeconds, KEY)
                        : "{}";
        var bytes = text.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            var to = URI.create("http://127.0.0.1:" + behind.port() + exchange.getRequestURI());
            var request =
                    HttpRequest.newBuilder(to)
                            .method(
                                    exchange.getRequestMethod(),
                                    BodyPublishers.ofByteArray(
                                            exchange.getRequestBody().readAllBytes()));
            var authorization = exchange.getRequestHeaders().getFirst("Authorization");
            if (authorization != null) request.header("Authorization", authorization);
            var type = exchange.getRequestHeaders().getFirst("Content-Type");
            if (type != null) request.header("Content-Type", type);
            var answer = http.send(request.build(), BodyHandlers.ofByteArray());
            exchange.sendResponseHeaders(
                    answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        http.shutdownNow();
        workers.shutdownNow();
    }
}
