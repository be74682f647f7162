package io.meseta.endtoend.network;

import io.meseta.client.Endpoint;
import io.meseta.testkit.Await;
import io.meseta.testkit.database.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/// Asks one master again and again for something that only a leader answers, and notes when it was
/// asked for the last time that got an answer.
public final class LeaderWatch implements AutoCloseable {

    private static final String QUESTION = "{\"type\":\"GET_MASTER\"}";
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final int OK = 200;

    /// Until when the holder of an epoch may lead, and how many microseconds that is away, by the
    /// database's clock; nothing of either once somebody else holds the lease.
    private static final String LEASE =
            "SELECT coalesce(max(until::text || '|' ||"
                    + " (extract(epoch FROM until - clock_timestamp()) * 1e6)::bigint), '')"
                    + " FROM lease WHERE epoch = ";

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpRequest request;
    private final AtomicLong lastSent = new AtomicLong();
    private volatile boolean isAnswered;
    private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::run);

    private LeaderWatch(Endpoint master) {
        this.request =
                HttpRequest.newBuilder(URI.create(master.base() + "/api/v1"))
                        .timeout(ANSWER_MAX)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(QUESTION))
                        .build();
    }

    /// Begins to ask.
    public static LeaderWatch of(Endpoint master) {
        var watch = new LeaderWatch(master);
        watch.thread.start();
        return watch;
    }

    /// Waits until the lease of that epoch is somebody else's, and returns when it ended, by
    /// [System#nanoTime]: nobody changes the row of a leader that can't renew, until the next one
    /// does. It is the earliest moment that it can have been, by all looks at it.
    public static long endOfLease(TestDatabase database, long epoch, Duration limit) {
        var end = new AtomicReference<>(new End("", Long.MAX_VALUE));
        return Await.within(limit)
                .value(
                        "somebody else has the lease",
                        () -> {
                            var lease = database.text(LEASE + epoch);
                            long now = System.nanoTime();
                            if (lease.isEmpty()) return Optional.of(end.get().nanos());
                            int bar = lease.indexOf('|');
                            long micros = Long.parseLong(lease.substring(bar + 1));
                            var seen = new End(lease.substring(0, bar), now + 1_000 * micros);
                            end.set(end.get().or(seen));
                            return Optional.empty();
                        });
    }

    /// @param until by the database's clock
    /// @param nanos by ours, and by so much too late as it took to ask
    private record End(String until, long nanos) {

        End or(End seen) {
            return until.equals(seen.until) && nanos < seen.nanos ? this : seen;
        }
    }

    /// When the last question was sent that a leader answered, by [System#nanoTime].
    public long lastSentNanos() {
        return lastSent.get();
    }

    public void awaitAnswer() {
        Await.shortly().until("a leader answers", () -> isAnswered);
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            long sent = System.nanoTime();
            try {
                if (http.send(request, BodyHandlers.discarding()).statusCode() == OK) {
                    lastSent.set(sent);
                    isAnswered = true;
                }
            } catch (IOException _) {
                // That is no answer, either.
            } catch (InterruptedException _) {
                return;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        http.shutdownNow();
    }
}
