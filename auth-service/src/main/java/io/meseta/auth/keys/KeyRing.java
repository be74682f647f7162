package io.meseta.auth.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The keys of one purpose at one time: which signs, and which are believed.
///
/// A new key is announced first and signs later; an old one is believed for a while after the last
/// thing that it signed. So whoever is up to date at any moment can check everything.
///
/// @param keys of one purpose, in the order in which they begin to sign
/// @param afterlife how long what a key signed last may still be shown
public record KeyRing(List<SigningKey> keys, Duration afterlife) {

    public KeyRing {
        keys = keys.stream().sorted(Comparator.comparing(SigningKey::signsFrom)).toList();
    }

    /// The newest that may sign already; before any may, the first to come.
    public Optional<SigningKey> signing(Instant now) {
        return keys.reversed().stream()
                .filter(key -> !key.signsFrom().isAfter(now))
                .findFirst()
                .or(() -> keys.stream().findFirst());
    }

    /// All that are believed now: the one that signs, those to come, those that signed of late.
    public List<SigningKey> believed(Instant now) {
        return keys.stream().filter(key -> !isOver(key, now)).toList();
    }

    /// Those that nobody needs any more.
    public List<SigningKey> over(Instant now) {
        return keys.stream().filter(key -> isOver(key, now)).toList();
    }

    private boolean isOver(SigningKey key, Instant now) {
        int place = keys.indexOf(key);
        if (place == keys.size() - 1) return false;
        var stopped = keys.get(place + 1).signsFrom();
        return !now.isBefore(stopped.plus(afterlife));
    }
}
