package io.meseta.gateway.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A master as far as the gateway needs one: it says who leads, and tells what runs.
public final class StandInMaster implements AutoCloseable {

    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final List<BlockingQueue<String>> followers = new CopyOnWriteArrayList<>();
    private final AtomicInteger version = new AtomicInteger();
    private volatile String snapshot = "{\"time\":\"2026-11-22T10:00:00Z\"}";
    private volatile boolean isSilent;
    private volatile int leader;

    public StandInMaster() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.setExecutor(workers);
        on("/master/redirect", this::redirect);
        on("/api/meseta/v1/events", this::events);
        leader = port();
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String address() {
        return "http://127.0.0.1:" + port();
    }

    public StandInMaster on(String path, HttpHandler handler) {
        server.createContext(path, handler);
        return this;
    }

    /// Who leads, as this master says from now on; 0 for nobody.
    public void leads(int port) {
        leader = port;
    }

    public int leader() {
        return leader;
    }

    /// What new followers begin with, and all others are told.
    public void tell(String json) {
        snapshot = json;
        followers.forEach(each -> each.add(event("snapshot", json)));
    }

    /// From now on nothing is told any more, not even that all is as it was.
    public void fallSilent() {
        isSilent = true;
    }

    private String event(String type, String data) {
        return "event: %s\nid: 1-%d\ndata: %s\n\n".formatted(type, version.incrementAndGet(), data);
    }

    private void redirect(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (leader == 0) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            exchange.getResponseHeaders().set("Location", "//127.0.0.1:" + leader);
            exchange.sendResponseHeaders(307, -1);
        }
    }

    private void events(HttpExchange exchange) throws IOException {
        var waiting = new LinkedBlockingQueue<String>();
        waiting.add(event("snapshot", snapshot));
        followers.add(waiting);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            var out = exchange.getResponseBody();
            while (true) {
                var next = waiting.poll(200, TimeUnit.MILLISECONDS);
                if (next == null && isSilent) continue;
                var text = next == null ? event("beat", "{\"time\":\"x\"}") : next;
                out.write(text.getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            followers.remove(waiting);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
