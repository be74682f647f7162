package io.meseta.client;

import io.meseta.client.ClientFault.Rejected;
import io.meseta.client.ClientFault.Unreachable;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// The masters of a cluster, of which any will do that answers: the one that was right last time is
/// asked first.
///
/// With several, a call waits for a new leader while none is known, at most for so long; only calls
/// that nobody can have carried out are made again.
final class Masters {

    private static final int UNAVAILABLE = 503;
    private static final long PAUSE_MS = 100;

    private final List<Endpoint> endpoints;
    private final Duration patience;
    private final boolean isDoor;
    private final AtomicInteger first = new AtomicInteger();

    /// @param patience how long to look for a leader; only where there are several masters
    Masters(List<Endpoint> endpoints, Duration patience) {
        this(endpoints, endpoints.size() == 1 ? Duration.ZERO : patience, false);
    }

    private Masters(List<Endpoint> endpoints, Duration patience, boolean isDoor) {
        if (endpoints.isEmpty()) throw new IllegalArgumentException("name at least one master");
        this.endpoints = List.copyOf(endpoints);
        this.patience = patience;
        this.isDoor = isDoor;
    }

    /// All of them, behind a gateway: it says when none leads, and nobody stands in for it.
    static Masters behind(Endpoint gateway, Duration patience) {
        return new Masters(List.of(gateway), patience, true);
    }

    /// The one that is asked first.
    Endpoint endpoint() {
        return endpoints.get(first.get() % endpoints.size());
    }

    List<Endpoint> all() {
        return endpoints;
    }

    <T> T ask(Function<Endpoint, T> question) {
        long deadline = System.nanoTime() + patience.toNanos();
        for (int attempt = 1; ; attempt++) {
            int asked = first.get();
            try {
                return question.apply(endpoints.get(asked % endpoints.size()));
            } catch (ClientFault fault) {
                // Whoever asks next begins with another, whatever becomes of this question.
                if (mayHelp(fault)) first.compareAndSet(asked, (asked + 1) % endpoints.size());
                boolean isLast =
                        System.nanoTime() >= deadline || (isDoor && fault instanceof Unreachable);
                if (!isUndone(fault) || isLast) throw fault;
            }
            if (attempt % endpoints.size() == 0 && !pause()) throw interrupted();
        }
    }

    private static boolean mayHelp(ClientFault fault) {
        return fault instanceof Unreachable || isUndone(fault);
    }

    /// Whether nobody can have carried it out: there was no connection, or the answer says so.
    private static boolean isUndone(ClientFault fault) {
        return switch (fault) {
            case Unreachable unreachable -> unreachable.getCause() instanceof ConnectException;
            case Rejected rejected -> rejected.status() == UNAVAILABLE;
            case ClientFault.Garbled _ -> false;
        };
    }

    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Unreachable interrupted() {
        return new Unreachable(endpoint().at("/"), "interrupted");
    }
}
