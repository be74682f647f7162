package io.meseta.endtoend.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.testkit.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// What a master says that has no journal to write to.
public final class Refusals {

    private static final Duration NOTICED_MAX = Duration.ofSeconds(45);
    private static final Duration CALL_MAX = Duration.ofSeconds(15);

    /// Some entries of this size fill what is left of a page, and ask for more.
    private static final int NAME_CHARACTERS = 6_000;

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private Refusals() {}

    /// Waits until the master answers a subscription, which needs the journal, by 503 and when to
    /// come again.
    public static void awaitFrom(TestCluster cluster, int master) {
        Await.within(NOTICED_MAX)
                .passes(
                        "master " + master + " stops promising",
                        () -> {
                            var answer = subscribe(cluster, master);
                            assertThat(answer.statusCode()).isEqualTo(503);
                            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                        });
    }

    private static HttpResponse<?> subscribe(TestCluster cluster, int master)
            throws IOException, InterruptedException {
        var body =
                """
                {"type":"SUBSCRIBE","subscribe":{"framework_info":{"user":"root","name":"%s"}}}\
                """
                        .formatted("x".repeat(NAME_CHARACTERS));
        var route = URI.create(cluster.masterEndpoint(master).base() + "/api/v1/scheduler");
        var request =
                HttpRequest.newBuilder(route)
                        .timeout(CALL_MAX)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        var response = HTTP.send(request, BodyHandlers.ofInputStream());
        // A subscription that was granted is given up at once.
        response.body().close();
        return response;
    }
}
