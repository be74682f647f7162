package io.meseta.launcher;

import java.time.Duration;

/// How long to wait before a dead child is started again: twice as long each time, up to a bound,
/// and from the beginning once a child has lived for a while.
final class BackOff {

    static final Duration FIRST = Duration.ofMillis(500);
    static final Duration MAX = Duration.ofSeconds(30);

    /// Who has lived this long died of something new.
    static final Duration STABLE = Duration.ofMinutes(1);

    private Duration next = FIRST;

    /// The pause after a child that lived for `lifetime`.
    Duration after(Duration lifetime) {
        var pause = lifetime.compareTo(STABLE) >= 0 ? FIRST : next;
        var doubled = pause.multipliedBy(2);
        next = doubled.compareTo(MAX) > 0 ? MAX : doubled;
        return pause;
    }
}
