package io.meseta.benchmarks.takeover;

import io.meseta.client.Endpoint;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Calls the leading master through the gateway again and again, and notes when one is answered.
///
/// A call is sent at each tick whether those before it are answered or not: those that lie with a
/// master that stands still must not hide the first that reaches its successor.
final class DoorWatch implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(20);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final String CALL = "{\"type\":\"GET_MASTER\"}";

    private final HttpRequest request;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::run);
    private final AtomicLong answeredAtMillis = new AtomicLong();
    private volatile Round round = new Round(Long.MAX_VALUE, 0);

    private record Round(long sinceMillis, int oldPort) {

        boolean counts(long sentAtMillis, HttpResponse<String> answer) {
            return sentAtMillis >= sinceMillis
                    && answer.statusCode() == OK
                    && !answer.body().contains("\"port\":" + oldPort);
        }
    }

    DoorWatch(Endpoint gateway) {
        this.request =
                HttpRequest.newBuilder(URI.create(gateway.base() + "/api/v1"))
                        .timeout(ANSWER_MAX)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(CALL))
                        .build();
    }

    void start() {
        thread.start();
    }

    /// Forgets what was answered; only calls that are sent from now on count, and only answers that
    /// do not come from the old leader.
    void restart(long nowMillis, int oldPort) {
        round = new Round(Long.MAX_VALUE, 0);
        answeredAtMillis.set(0);
        round = new Round(nowMillis, oldPort);
    }

    /// The wall clock's time of the first answer since the restart; 0 before it.
    long answeredAtMillis() {
        return answeredAtMillis.get();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                ask(System.currentTimeMillis());
                TimeUnit.MILLISECONDS.sleep(TICK.toMillis());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(long sentAtMillis) {
        var _ =
                http.sendAsync(request, BodyHandlers.ofString())
                        .thenAccept(answer -> {
                            if (round.counts(sentAtMillis, answer))
                                answeredAtMillis.compareAndSet(0, System.currentTimeMillis());
                        });
    }

    @Override
    public void close() {
        thread.interrupt();
        http.shutdownNow();
    }
}
