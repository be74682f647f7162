package io.meseta.endtoend.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.testkit.Await;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Callers who keep calling, of whom each is owed one answer: while something that it takes is away
/// they may hear so, but never anything else.
public final class CallLoad implements AutoCloseable {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(10);
    private static final Duration PACE = Duration.ofMillis(50);
    private static final Duration END_MAX = Duration.ofSeconds(70);
    private static final int WRONG_MAX = 20;

    /// What says that somebody else is away.
    private static final Set<Integer> AWAY = Set.of(502, 503, 504);

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT_MAX)
                    .build();
    private final Map<String, AtomicInteger> right = new ConcurrentHashMap<>();
    private final Map<String, List<String>> away = new ConcurrentHashMap<>();
    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean isStopping;

    /// Somebody who calls.
    ///
    /// @param owed the status while everything is up
    /// @param part of the body that belongs to it
    public record Caller(String name, HttpRequest request, int owed, String part) {}

    private CallLoad() {}

    /// Begins to call.
    public static CallLoad of(List<Caller> callers) {
        var load = new CallLoad();
        for (var caller : callers) {
            load.right.put(caller.name(), new AtomicInteger());
            load.away.put(caller.name(), new CopyOnWriteArrayList<>());
            load.threads.add(
                    Thread.ofPlatform()
                            .daemon()
                            .name("calls of " + caller.name())
                            .start(() -> load.run(caller)));
        }
        return load;
    }

    private void run(Caller caller) {
        while (!isStopping) {
            try {
                note(caller, http.send(caller.request(), BodyHandlers.ofString()));
            } catch (IOException failure) {
                unanswered(caller, failure.toString());
            } catch (InterruptedException _) {
                return;
            }
            LockSupport.parkNanos(PACE.toNanos());
        }
    }

    private void note(Caller caller, HttpResponse<String> answer) {
        int status = answer.statusCode();
        if (status == caller.owed() && answer.body().contains(caller.part())) {
            count(caller).incrementAndGet();
        } else if (AWAY.contains(status) && isWorded(caller, answer)) {
            unanswered(caller, status + " " + answer.body());
        } else if (wrong.size() < WRONG_MAX) {
            wrong.add(caller.name() + ": " + status + " " + answer.body());
        }
    }

    /// Our own routes say so in a problem document.
    private static boolean isWorded(Caller caller, HttpResponse<String> answer) {
        var type = answer.headers().firstValue("Content-Type").orElse("");
        var path = caller.request().uri().getPath();
        boolean isOurs = path.startsWith("/services/") || path.startsWith("/auth/");
        return !answer.body().isEmpty() && (!isOurs || type.startsWith("application/problem+json"));
    }

    private void unanswered(Caller caller, String how) {
        away.getOrDefault(caller.name(), new CopyOnWriteArrayList<>()).add(how);
    }

    private AtomicInteger count(Caller caller) {
        return right.getOrDefault(caller.name(), new AtomicInteger());
    }

    /// Waits until every caller has called again and got what they are owed.
    public void awaitAllServed(Duration limit) {
        right.forEach((caller, count) -> {
            // One of the next two was begun after this.
            int enough = count.get() + 2;
            Await.within(limit)
                    .until(
                            caller + " is answered as ever; lately: " + last(caller),
                            () -> count.get() >= enough || !wrong.isEmpty());
        });
        assertNothingWrong();
    }

    private String last(String caller) {
        var all = away.getOrDefault(caller, List.of());
        return all.isEmpty() ? "nothing" : all.getLast();
    }

    /// Nobody has been answered what nobody may be.
    public void assertNothingWrong() {
        assertThat(wrong).isEmpty();
    }

    /// None of their calls has been lost.
    public void assertAllServed(String... callers) {
        for (var caller : callers) assertThat(away.get(caller)).as(caller).isEmpty();
    }

    @Override
    public void close() {
        isStopping = true;
        for (var thread : threads) {
            try {
                thread.join(END_MAX);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new AssertionError(interrupted);
            }
        }
        http.close();
    }
}
