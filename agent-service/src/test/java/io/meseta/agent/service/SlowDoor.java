package io.meseta.agent.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A door before a registry: what is large comes through it little by little until it is opened,
/// and who has asked for what is counted.
final class SlowDoor implements AutoCloseable {

    private static final int LARGE = 256 << 10;
    private static final int PIECE = 8 << 10;
    private static final int PIECE_MS = 20;

    private final HttpClient client = HttpClient.newHttpClient();
    private final CountDownLatch isOpen = new CountDownLatch(1);
    private final Map<String, AtomicInteger> blobs = new ConcurrentHashMap<>();
    private final HttpServer server;
    private final String behind;

    /// @param behind `host:port` of the registry
    SlowDoor(String behind) throws IOException {
        this.behind = behind;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::pass);
        server.start();
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    void open() {
        isOpen.countDown();
    }

    /// How often each blob was handed out, by its path.
    Map<String, AtomicInteger> blobs() {
        return blobs;
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().toString();
            var request = HttpRequest.newBuilder(URI.create("http://" + behind + path));
            for (var name : new String[] {"Authorization", "Accept", "Range"}) {
                var values = exchange.getRequestHeaders().get(name);
                if (values != null) values.forEach(value -> request.header(name, value));
            }
            if (exchange.getRequestMethod().equals("HEAD")) request.HEAD();
            var answer = client.send(request.build(), BodyHandlers.ofByteArray());
            for (var name :
                    new String[] {"Content-Type", "Www-Authenticate", "Docker-Content-Digest"})
                answer.headers()
                        .firstValue(name)
                        .ifPresent(value -> exchange.getResponseHeaders().add(name, value));
            var body = answer.body();
            boolean isBlob = path.contains("/blobs/") && answer.statusCode() == 200;
            if (isBlob) blobs.computeIfAbsent(path, _ -> new AtomicInteger()).incrementAndGet();
            exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
            write(exchange, body);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(HttpExchange exchange, byte[] body)
            throws IOException, InterruptedException {
        var out = exchange.getResponseBody();
        int at = 0;
        while (body.length >= LARGE
                && at + PIECE < body.length
                && !isOpen.await(PIECE_MS, TimeUnit.MILLISECONDS)) {
            out.write(body, at, PIECE);
            out.flush();
            at += PIECE;
        }
        if (body.length > at) out.write(body, at, body.length - at);
    }

    @Override
    public void close() {
        open();
        server.stop(0);
        client.close();
    }
}
