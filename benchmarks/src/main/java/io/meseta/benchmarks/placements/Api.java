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
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/// The master's API, over protobuf.
public final class Api implements AutoCloseable {

    private static final int LINES_MAX = 512;
    private static final int OPENING_MAX = 128;
    private static final long BACK_NANOS = 20_000_000;
    private static final int UNAVAILABLE = 503;

    private static final String TYPES =
            "Content-Type: application/x-protobuf\r\nAccept: application/x-protobuf\r\n";

    private final HttpClient http = HttpClient.newHttpClient();
    private final ConcurrentLinkedDeque<Line> idle = new ConcurrentLinkedDeque<>();
    private final URI master;
    private volatile boolean isClosed;

    /// Of a process's descriptors the streams need most: calls that find none of these wait.
    private final Semaphore lines = new Semaphore(LINES_MAX);

    /// A server that is asked for ten thousand streams in one instant has a queue for some.
    private final Semaphore opening = new Semaphore(OPENING_MAX);

    /// An answer that goes on.
    ///
    /// @param id what the stream is called in later calls
    public record Opened(String id, InputStream body) {}

    public Api(URI master) {
        this.master = master;
    }

    /// Says something that is answered by a stream.
    ///
    /// @param header the name of the header that carries the stream's id
    public Opened open(String path, MessageLite call, String header) throws IOException {
        var line = new Line(master);
        var head = asked(line, Line.post(path, master, TYPES, call.toByteArray()));
        if (head.status() != 200 || !head.isChunked()) {
            line.close();
            throw new IOException("no stream was opened: " + head.status());
        }
        var id = head.headers().getOrDefault(header.toLowerCase(Locale.ROOT), "");
        return new Opened(id, line.chunks());
    }

    private Line.Head asked(Line line, byte[] request) throws IOException {
        opening.acquireUninterruptibly();
        try {
            line.send(request);
            return line.head();
        } catch (IOException failed) {
            line.close();
            throw failed;
        } finally {
            opening.release();
        }
    }

    /// Says something on behalf of a stream until it is taken: whoever is told to come back later
    /// does, and `refused` is told.
    ///
    /// @param header the name of the header that carries the stream's id
    /// @return the status
    int insist(String path, MessageLite call, String header, String stream, Runnable refused) {
        int status = say(path, call, header, stream);
        while (status == UNAVAILABLE) {
            refused.run();
            LockSupport.parkNanos(BACK_NANOS);
            status = say(path, call, header, stream);
        }
        return status;
    }

    /// Says something on behalf of a stream.
    ///
    /// @param header the name of the header that carries the stream's id
    /// @return the status
    public int say(String path, MessageLite call, String header, String stream) {
        var headers = TYPES + header + ": " + stream + "\r\n";
        var request = Line.post(path, master, headers, call.toByteArray());
        lines.acquireUninterruptibly();
        try {
            while (true) {
                var waiting = idle.pollFirst();
                var line = waiting == null ? new Line(master) : waiting;
                var status = said(line, request);
                if (status.isPresent()) return status.get();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } finally {
            lines.release();
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
    public Optional<Double> figure(String name) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(master.resolve("/actuator/prometheus")).build();
        return http.send(request, BodyHandlers.ofLines())
                .body()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst();
    }

    /// Whether all is over: what breaks off then has no fault.
    boolean isClosed() {
        return isClosed;
    }

    @Override
    public void close() {
        isClosed = true;
        for (var line = idle.poll(); line != null; line = idle.poll()) line.close();
        http.shutdownNow();
    }
}
