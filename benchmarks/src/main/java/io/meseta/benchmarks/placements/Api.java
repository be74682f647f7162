package io.meseta.benchmarks.placements;

import com.google.protobuf.MessageLite;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

/// The master's API, over protobuf.
final class Api implements AutoCloseable {

    private static final String TYPES =
            "Content-Type: application/x-protobuf\r\nAccept: application/x-protobuf\r\n";

    private final HttpClient http = HttpClient.newHttpClient();
    private final ConcurrentLinkedDeque<Line> idle = new ConcurrentLinkedDeque<>();
    private final URI master;

    /// An answer that goes on.
    ///
    /// @param id what the stream is called in later calls
    record Opened(String id, InputStream body) {}

    Api(URI master) {
        this.master = master;
    }

    /// Says something that is answered by a stream.
    ///
    /// @param header the name of the header that carries the stream's id
    Opened open(String path, MessageLite call, String header) throws IOException {
        var line = new Line(master);
        line.send(Line.post(path, master, TYPES, call.toByteArray()));
        var head = line.head();
        if (head.status() != 200 || !head.isChunked()) {
            line.close();
            throw new IOException("no stream was opened: " + head.status());
        }
        var id = head.headers().getOrDefault(header.toLowerCase(Locale.ROOT), "");
        return new Opened(id, line.chunks());
    }

    /// Says something on behalf of a stream.
    ///
    /// @param header the name of the header that carries the stream's id
    /// @return the status
    int say(String path, MessageLite call, String header, String stream) {
        var headers = TYPES + header + ": " + stream + "\r\n";
        var request = Line.post(path, master, headers, call.toByteArray());
        try {
            while (true) {
                var waiting = idle.pollFirst();
                var line = waiting == null ? new Line(master) : waiting;
                var status = said(line, request);
                if (status.isPresent()) return status.get();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// Empty if the server had ended the connection while it was idle: then nobody has read the
    /// request.
    private Optional<Integer> said(Line line, byte[] request) throws IOException {
        boolean isKept = false;
        try {
            line.send(request);
            var head = line.head();
            line.skip(head);
            isKept = !head.isLast();
            if (isKept) idle.addFirst(line);
            return Optional.of(head.status());
        } catch (IOException broken) {
            if (!line.isUsed()) throw broken;
            return Optional.empty();
        } finally {
            if (!isKept) line.close();
        }
    }

    /// A figure of the master's own, from its page for Prometheus.
    Optional<Double> figure(String name) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(master.resolve("/actuator/prometheus")).build();
        return http.send(request, BodyHandlers.ofLines())
                .body()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst();
    }

    @Override
    public void close() {
        for (var line = idle.poll(); line != null; line = idle.poll()) line.close();
        http.shutdownNow();
    }
}
