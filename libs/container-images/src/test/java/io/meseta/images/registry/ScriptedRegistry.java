package io.meseta.images.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meseta.images.reference.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A registry on loopback that serves what it is given, and misbehaves as it is told.
///
/// A fault answers one request in place of the registry; faults are used up in order.
public final class ScriptedRegistry implements AutoCloseable {

    /// One request as it was seen.
    public record Seen(String method, String path, String authorization, String range) {}

    /// Answers in place of the registry.
    @FunctionalInterface
    public interface Fault {
        void answer(HttpExchange exchange) throws IOException;
    }

    private static final class Content {
        private final byte[] bytes;
        private final String mediaType;

        Content(byte[] bytes, String mediaType) {
            this.bytes = bytes;
            this.mediaType = mediaType;
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Content> contents = new ConcurrentHashMap<>();
    private final ConcurrentLinkedDeque<Fault> faults = new ConcurrentLinkedDeque<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private volatile String wanted = "";
    private volatile String challenge = "";
    private volatile boolean servesRanges = true;

    public ScriptedRegistry() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/", this::serve);
        server.setExecutor(threads);
        server.start();
    }

    public String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    public Digest manifest(String repository, String tag, String text, String mediaType) {
        var bytes = text.getBytes(UTF_8);
        var digest = Digest.Algorithm.SHA256.of(bytes);
        for (var selector : List.of(tag, digest.toString())) {
            contents.put(
                    "/v2/" + repository + "/manifests/" + selector, new Content(bytes, mediaType));
        }
        return digest;
    }

    public Digest blob(String repository, byte[] bytes) {
        var digest = Digest.Algorithm.SHA256.of(bytes);
        put("/v2/" + repository + "/blobs/" + digest, bytes);
        return digest;
    }

    public void put(String path, byte[] bytes) {
        contents.put(path, new Content(bytes, "application/octet-stream"));
    }

    public void fail(Fault fault) {
        faults.add(fault);
    }

    public void fail(int status, String... headers) {
        fail(exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            answer(exchange, status, new byte[0]);
        });
    }

    /// Serves nothing without this `Authorization`, and asks for it with `challenge`.
    public void want(String authorization, String challenge) {
        this.wanted = authorization;
        this.challenge = challenge;
    }

    public void serveNoRanges() {
        servesRanges = false;
    }

    public List<Seen> seen() {
        return seen;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            seen.add(
                    new Seen(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().toString(),
                            header(exchange, "Authorization"),
                            header(exchange, "Range")));
            exchange.getRequestBody().readAllBytes();
            var fault = faults.poll();
            if (fault != null) {
                fault.answer(exchange);
                return;
            }
            var path = exchange.getRequestURI().getPath();
            var isRegistry = path.startsWith("/v2/");
            if (isRegistry
                    && !wanted.isEmpty()
                    && !wanted.equals(header(exchange, "Authorization"))) {
                exchange.getResponseHeaders().add("WWW-Authenticate", challenge);
                answer(exchange, 401, new byte[0]);
                return;
            }
            var content = contents.get(path);
            if (content == null) {
                answer(
                        exchange,
                        404,
                        "{\"errors\":[{\"code\":\"X\",\"message\":\"no such thing\"}]}"
                                .getBytes(UTF_8));
                return;
            }
            exchange.getResponseHeaders().add("Content-Type", content.mediaType);
            if (path.contains("/manifests/")) {
                exchange.getResponseHeaders()
                        .add(
                                "Docker-Content-Digest",
                                Digest.Algorithm.SHA256.of(content.bytes).toString());
            }
            serve(exchange, content.bytes);
        }
    }

    private void serve(HttpExchange exchange, byte[] bytes) throws IOException {
        var range = header(exchange, "Range");
        if (range.isEmpty() || !servesRanges) {
            answer(exchange, 200, bytes);
            return;
        }
        int from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
        if (from >= bytes.length) {
            answer(exchange, 416, new byte[0]);
            return;
        }
        exchange.getResponseHeaders()
                .add(
                        "Content-Range",
                        "bytes %d-%d/%d".formatted(from, bytes.length - 1, bytes.length));
        answer(exchange, 206, Arrays.copyOfRange(bytes, from, bytes.length));
    }

    public static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        var isHead = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, isHead || body.length == 0 ? -1 : body.length);
        if (!isHead && body.length > 0) exchange.getResponseBody().write(body);
    }

    private static String header(HttpExchange exchange, String name) {
        var value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
