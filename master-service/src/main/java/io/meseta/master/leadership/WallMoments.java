package io.meseta.master.leadership;

import io.meseta.master.core.cluster.Moment;
import io.meseta.master.engine.Moments;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// The wall clock, kept from going back, neither when it is set nor from one leader to the next;
/// and chance that nobody can foresee.
public final class WallMoments implements Moments {

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final AtomicReference<Instant> latest = new AtomicReference<>(Instant.MIN);

    public WallMoments(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Moment next() {
        return new Moment(now(), random.nextLong());
    }

    /// The time that the next moment would have, or an earlier one. Safe for any thread.
    public Instant now() {
        return latest.accumulateAndGet(clock.instant(), WallMoments::later);
    }

    /// From now on no moment is before this one.
    void notBefore(Instant floor) {
        latest.accumulateAndGet(floor, WallMoments::later);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
