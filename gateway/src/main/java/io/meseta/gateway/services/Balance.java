package io.meseta.gateway.services;

import io.meseta.gateway.forwarding.Upstream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// Which of several places gets the next call: of two picked at random the one with fewer calls
/// under way. One that refuses connections is passed over for a while, unless there is no other.
public final class Balance {

    private final long passOverNanos;
    private final ConcurrentHashMap<Upstream, Place> places = new ConcurrentHashMap<>();

    private static final class Place {
        private final AtomicInteger underWay = new AtomicInteger();
        private volatile long refusedAt;
        private volatile boolean hasRefused;
    }

    public Balance(Duration passOver) {
        this.passOverNanos = passOver.toNanos();
    }

    /// Picks one and counts a call as under way there; [#done] must follow.
    ///
    /// @param tried those that have failed this call already
    Optional<Upstream> pick(List<Upstream> candidates, Collection<Upstream> tried) {
        var untried = candidates.stream().filter(each -> !tried.contains(each)).toList();
        var willing = untried.stream().filter(this::isWilling).toList();
        var from = willing.isEmpty() ? untried : willing;
        if (from.isEmpty()) return Optional.empty();
        var one = any(from);
        var other = any(from);
        var picked = load(one) <= load(other) ? one : other;
        places.computeIfAbsent(picked, _ -> new Place()).underWay.incrementAndGet();
        return Optional.of(picked);
    }

    void done(Upstream place) {
        var known = places.get(place);
        if (known != null) known.underWay.decrementAndGet();
    }

    /// It refused a connection, or broke one off unanswered.
    void refused(Upstream place) {
        var known = places.computeIfAbsent(place, _ -> new Place());
        known.refusedAt = System.nanoTime();
        known.hasRefused = true;
    }

    /// Forgets places that are no more, so that ports of long ago do not pile up.
    void keepOnly(Collection<Upstream> known) {
        places.entrySet()
                .removeIf(each ->
                        !known.contains(each.getKey()) && each.getValue().underWay.get() == 0);
    }

    int size() {
        return places.size();
    }

    boolean isWilling(Upstream place) {
        var known = places.get(place);
        return known == null
                || !known.hasRefused
                || System.nanoTime() - known.refusedAt > passOverNanos;
    }

    private int load(Upstream place) {
        var known = places.get(place);
        return known == null ? 0 : known.underWay.get();
    }

    private static Upstream any(List<Upstream> from) {
        return from.get(ThreadLocalRandom.current().nextInt(from.size()));
    }
}
