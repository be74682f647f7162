package io.meseta.agent.master;

import io.meseta.platform.credentials.CredentialFault;
import io.meseta.platform.credentials.OwnToken;
import io.meseta.wire.agent.AgentCall;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// The link's requests over HTTP/1.1.
final class MasterHttp implements AutoCloseable {

    static final String STREAM_ID = "Meseta-Stream-Id";
    static final String EPOCH = "Meseta-Epoch";
    private static final String PATH = "/api/meseta/v1/agent-link";
    private static final String AUTHORIZATION = "Authorization";
    private static final String PROTOBUF = "application/x-protobuf";
    private static final Duration CONNECT_MAX = Duration.ofSeconds(10);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
    private static final int REASON_BYTES_MAX = 512;

    private static final int UNAUTHORIZED = 401;

    private final OwnToken own;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT_MAX)
                    .build();

    private volatile @Nullable CompletableFuture<?> opening;

    /// How a request is sent.
    @FunctionalInterface
    private interface Way<T> {
        HttpResponse<T> send(HttpRequest request) throws IOException, InterruptedException;
    }

    MasterHttp(OwnToken own) {
        this.own = own;
    }

    /// Opens a conversation. The caller closes the answer's body.
    HttpResponse<InputStream> open(URI master, AgentCall hello)
            throws IOException, InterruptedException {
        return send(request(master, hello), this::opened);
    }

    /// Gives up a conversation that is being opened: its master may answer never.
    void abandon() {
        var now = opening;
        if (now != null) now.cancel(true);
    }

    /// Asks who leads in a later epoch; the answer may take a while.
    HttpResponse<Void> whoLeads(URI master, long above) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(master.resolve(PATH + "/leader"))
                        .timeout(ANSWER_MAX)
                        .header(EPOCH, Long.toString(above));
        return send(request, this::unread);
    }

    /// Says something within a conversation and returns the status.
    int say(URI master, String streamId, AgentCall call) throws IOException, InterruptedException {
        var request = request(master, call).header(STREAM_ID, streamId);
        return send(request, this::unread).statusCode();
    }

    /// A token may have been revoked or outlived its key: a new one is tried once.
    private <T> HttpResponse<T> send(HttpRequest.Builder request, Way<T> way)
            throws IOException, InterruptedException {
        var header = header();
        header.ifPresent(value -> request.setHeader(AUTHORIZATION, value));
        var response = way.send(request.build());
        if (response.statusCode() != UNAUTHORIZED || header.isEmpty()) return response;
        if (response.body() instanceof InputStream body) body.close();
        own.refused(header.get());
        header().ifPresent(value -> request.setHeader(AUTHORIZATION, value));
        return way.send(request.build());
    }

    private HttpResponse<Void> unread(HttpRequest request)
            throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.discarding());
    }

    private HttpResponse<InputStream> opened(HttpRequest request)
            throws IOException, InterruptedException {
        var answer = client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
        opening = answer;
        try {
            return answer.get();
        } catch (CancellationException abandoned) {
            throw new IOException("given up for another master", abandoned);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof IOException cause
                    ? cause
                    : new IOException(failure.getCause());
        } catch (InterruptedException interrupted) {
            answer.cancel(true);
            throw interrupted;
        } finally {
            opening = null;
        }
    }

    private Optional<String> header() throws IOException {
        try {
            return own.header();
        } catch (CredentialFault fault) {
            throw new IOException(fault.getMessage(), fault);
        }
    }

    /// Where a redirect leads: the master's root, absolute.
    static Optional<URI> target(URI master, HttpResponse<?> response) {
        return response.headers()
                .firstValue("Location")
                .flatMap(location -> {
                    try {
                        var target = master.resolve(PATH).resolve(location);
                        boolean isHttp =
                                "http".equals(target.getScheme())
                                        || "https".equals(target.getScheme());
                        return isHttp && target.getHost() != null
                                ? Optional.of(target.resolve("/"))
                                : Optional.empty();
                    } catch (IllegalArgumentException _) {
                        return Optional.empty();
                    }
                });
    }

    /// The start of an error's body.
    static String reason(HttpResponse<InputStream> response) {
        try (var body = response.body()) {
            return new String(body.readNBytes(REASON_BYTES_MAX), StandardCharsets.UTF_8).strip();
        } catch (IOException _) {
            return "";
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private static HttpRequest.Builder request(URI master, AgentCall call) {
        return HttpRequest.newBuilder(master.resolve(PATH))
                .timeout(ANSWER_MAX)
                .header("Content-Type", PROTOBUF)
                .POST(HttpRequest.BodyPublishers.ofByteArray(call.toByteArray()));
    }
}
