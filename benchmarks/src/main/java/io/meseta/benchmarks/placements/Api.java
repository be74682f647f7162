package io.meseta.benchmarks.placements;

import com.google.protobuf.MessageLite;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;

/// The master's API, over protobuf.
final class Api implements AutoCloseable {

    private static final String PROTOBUF = "application/x-protobuf";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI master;

    Api(URI master) {
        this.master = master;
    }

    /// Says something that is answered by a stream.
    HttpResponse<InputStream> open(String path, MessageLite call)
            throws IOException, InterruptedException {
        return http.send(request(path, call).build(), BodyHandlers.ofInputStream());
    }

    /// Says something on behalf of a stream.
    ///
    /// @param header the name of the header that carries the stream's id
    /// @return the status
    int say(String path, MessageLite call, String header, String stream) {
        try {
            var request = request(path, call).header(header, stream).build();
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
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

    private HttpRequest.Builder request(String path, MessageLite call) {
        return HttpRequest.newBuilder(master.resolve(path))
                .header("Content-Type", PROTOBUF)
                .header("Accept", PROTOBUF)
                .POST(BodyPublishers.ofByteArray(call.toByteArray()));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
