package io.meseta.agent.fetch;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// Gets one file over HTTP. Redirects are followed, but never from https to http, and five at most.
final class Download {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(30);
    private static final int STATUS_OK = 200;

    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .connectTimeout(CONNECT_MAX)
                    .build();
    private final Duration stall;

    Download(Duration stall) {
        this.stall = stall;
    }

    void get(URI uri, OutputStream out, Budget budget) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(uri)
                        .timeout(stall.compareTo(budget.timeLeft()) < 0 ? stall : budget.timeLeft())
                        .build();
        var response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (var body = response.body()) {
            if (response.statusCode() != STATUS_OK) {
                throw new FetchFailure("unexpected HTTP response code: " + response.statusCode());
            }
            try (var watched = new WatchedStream(body, stall, body::close)) {
                watched.copy(out, budget, stall);
            }
        }
    }
}
