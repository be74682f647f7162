package io.meseta.gateway.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// A microservice that says what it was told: its name, the request's line, and its headers.
public final class StandInInstance implements AutoCloseable {

    private final String name;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final AtomicInteger calls = new AtomicInteger();

    public StandInInstance(String name) {
        this.name = name;
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.setExecutor(workers);
        server.createContext("/", this::say);
        server.start();
    }

    public StandInInstance on(String path, HttpHandler handler) {
        server.createContext(path, handler);
        return this;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public int calls() {
        return calls.get();
    }

    private void say(HttpExchange exchange) throws IOException {
        try (exchange) {
            calls.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            var headers =
                    exchange.getRequestHeaders().entrySet().stream()
                            .map(each -> each.getKey() + "=" + String.join("|", each.getValue()))
                            .sorted()
                            .collect(Collectors.joining("\n"));
            var text =
                    "%s\n%s %s\n%s\n"
                            .formatted(
                                    name,
                                    exchange.getRequestMethod(),
                                    exchange.getRequestURI(),
                                    headers);
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /// The task that runs it, as the master tells of it.
    public String task(String service) {
        return task(service, port(), "http");
    }

    public static String task(String service, int port, String protocol) {
        return """
        {"framework":"f1","id":"%s-%d","name":"t","agent":"a1","role":"eng",
        "state":"TASK_RUNNING","healthy":true,"labels":{},
        "service":{"name":"%s","visibility":"CLUSTER","ports":[
        {"number":%d,"name":"main","protocol":"%s"}]}}\
        """
                .formatted(service, port, service, port, protocol)
                .replace("\n", "");
    }

    /// A snapshot with one agent on this machine, which runs these tasks.
    public static String snapshot(int agentPort, String... tasks) {
        return ("{\"time\":\"2026-11-22T10:00:00Z\","
                        + "\"agents\":[{\"id\":\"a1\",\"hostname\":\"here\","
                        + "\"url\":\"http://127.0.0.1:%d\",\"state\":\"active\"}],\"tasks\":[%s]}")
                .formatted(agentPort, String.join(",", tasks));
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
