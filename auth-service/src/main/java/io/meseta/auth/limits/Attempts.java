package io.meseta.auth.limits;

import io.meseta.auth.changes.Refusal;
import io.meseta.auth.changes.Refused;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// How many wrong secrets may come from one address, and for one principal. Right ones cost
/// nothing, so that a thousand agents may come from behind one address.
public final class Attempts {

    private static final int KEYS_MAX = 20_000;

    private final InstantSource time;
    private final Bucket byAddress;
    private final Bucket byPrincipal;

    /// @param perAddress wrong secrets that may come at once from an address
    /// @param perPrincipal the same for a principal, from wherever
    /// @param oneIn how long it takes until one of them is forgotten
    public Attempts(InstantSource time, int perAddress, int perPrincipal, Duration oneIn) {
        this.time = time;
        this.byAddress = new Bucket(perAddress, oneIn);
        this.byPrincipal = new Bucket(perPrincipal, oneIn);
    }

    /// Runs what checks a secret, if it may be checked at all.
    ///
    /// @param principal whom it is said to be from; empty if nobody is named
    /// @throws Refused as `check` throws it, or because there were too many before
    public <T> T checking(String address, String principal, Supplier<T> check) {
        admit(address, principal);
        try {
            return check.get();
        } catch (Refused refused) {
            if (refused.refusal() instanceof Refusal.WrongSecret) failed(address, principal);
            throw refused;
        }
    }

    /// Refuses if there were too many before.
    public void admit(String address, String principal) {
        var now = time.instant();
        var wait = byAddress.wait(address, now);
        var other = principal.isEmpty() ? Duration.ZERO : byPrincipal.wait(principal, now);
        var longest = wait.compareTo(other) > 0 ? wait : other;
        if (longest.isPositive()) {
            throw new Refused(new Refusal.TooOften(longest.toSeconds() + 1));
        }
    }

    public void failed(String address, String principal) {
        var now = time.instant();
        byAddress.failed(address, now);
        if (!principal.isEmpty()) byPrincipal.failed(principal, now);
    }

    /// For each key, when its last failure will be forgotten. Full, it forgets the oldest.
    private static final class Bucket {

        private final int burst;
        private final Duration oneIn;
        private final Map<String, Instant> forgottenAt = new LinkedHashMap<>();

        private Bucket(int burst, Duration oneIn) {
            this.burst = burst;
            this.oneIn = oneIn;
        }

        // Locked for the length of a look into a map, by whoever is about to hash for far longer.
        private synchronized Duration wait(String key, Instant now) {
            var until = forgottenAt.getOrDefault(key, now);
            return Duration.between(now, until).minus(oneIn.multipliedBy(burst - 1L));
        }

        private synchronized void failed(String key, Instant now) {
            var until = forgottenAt.remove(key);
            var from = until == null || until.isBefore(now) ? now : until;
            forgottenAt.put(key, from.plus(oneIn));
            if (forgottenAt.size() > KEYS_MAX) {
                var oldest = forgottenAt.keySet().iterator();
                oldest.next();
                oldest.remove();
            }
        }
    }
}
