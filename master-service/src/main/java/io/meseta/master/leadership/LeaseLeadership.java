package io.meseta.master.leadership;

import io.meseta.master.core.reign.Epoch;
import io.meseta.master.engine.JournalFault;
import io.meseta.master.leadership.Lease.Attempt;
import io.meseta.master.leadership.Lease.LeaseFault;
import io.meseta.master.standby.Following;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Leads whenever it has the lease, and tries to get it whenever it has not.
///
/// One thread goes round: obtain the lease, raise the epoch, read the journal, lead, and when the
/// reign is over, for whatever reason, throw all its state away and begin again. What the last
/// append of a reign came to is never guessed: the next leader reads it.
public final class LeaseLeadership implements Leadership, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseLeadership.class);

    /// Beyond this no epoch that an agent claims is believed: nothing would be left to count on
    /// with.
    private static final Epoch EPOCH_BELIEVED_MAX = new Epoch(Long.MAX_VALUE / 2);

    /// A little later than the end of another's lease, so that the first attempt after it succeeds.
    private static final Duration AFTER_END = Duration.ofMillis(5);

    /// How long it may take to see that the lease was given back, or who has it now.
    private static final Duration LOOK = Duration.ofMillis(50);

    private static final Duration CLOSE_MAX = Duration.ofSeconds(40);

    private final Lease lease;
    private final Duration length;
    private final Reigning reigning;
    private final Following following;
    private final Supplier<Address> self;
    private final LeadershipMeters meters;
    private final LongSupplier nanoTime;
    private final Backoff backoff = new Backoff(new SecureRandom());
    private final Semaphore wake = new Semaphore(0);
    private final AtomicReference<Epoch> above = new AtomicReference<>(Epoch.NONE);
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private final Thread rehearsal =
            Thread.ofPlatform().name("rehearsal").daemon().unstarted(this::rehearse);
    private volatile Standing standing = new Standing(new Role.Leaderless(), Optional.empty());
    private volatile boolean isClosed;
    private boolean isTroubled;
    private boolean hasRehearsed;

    /// A role and the term that it depends on. Stale as soon as the term does not hold.
    private record Standing(Role role, Optional<Term> term) {}

    /// Does nothing before it is started.
    ///
    /// @param length of the lease
    /// @param following told when to follow and when not; started and closed by its owner
    /// @param self where clients reach this master; asked when the lease is asked for
    public LeaseLeadership(
            DatabaseLease lease,
            Duration length,
            Reigning reigning,
            Following following,
            Supplier<Address> self,
            LeadershipMeters meters) {
        this(lease, length, reigning, following, self, meters, System::nanoTime);
    }

    LeaseLeadership(
            Lease lease,
            Duration length,
            Reigning reigning,
            Following following,
            Supplier<Address> self,
            LeadershipMeters meters,
            LongSupplier nanoTime) {
        this.lease = lease;
        this.length = length;
        this.reigning = reigning;
        this.following = following;
        this.self = self;
        this.meters = meters;
        this.nanoTime = nanoTime;
        this.thread = Thread.ofPlatform().name("leadership").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    @Override
    public Role role() {
        var now = standing;
        boolean isStale = now.term.isPresent() && !now.term.get().holds();
        return isStale ? new Role.Leaderless() : now.role;
    }

    @Override
    public Optional<Followed> followed() {
        return following
                .seen()
                .map(seen ->
                        new Followed(seen.view().cluster(), seen.view().sequence(), seen.age()));
    }

    @Override
    public void onChange(Runnable told) {
        listeners.add(told);
    }

    @Override
    public void epochBehind(Epoch seen) {
        if (seen.compareTo(EPOCH_BELIEVED_MAX) > 0) {
            LOG.atWarn().addKeyValue("epoch", seen.number()).log("An absurd epoch is ignored");
            return;
        }
        above.accumulateAndGet(seen, (one, other) -> one.compareTo(other) > 0 ? one : other);
        standing.term
                .filter(term -> term.epoch().compareTo(seen) <= 0)
                .ifPresent(term -> term.end("an agent has seen epoch " + seen.number()));
    }

    /// Ends the reign, gives the lease back so that nobody waits for its end, and stops.
    @Override
    public void close() {
        isClosed = true;
        standing.term.ifPresent(term -> term.end("this master stops"));
        wake.release();
        if (!thread.isAlive()) return;
        try {
            if (!thread.join(CLOSE_MAX)) LOG.atWarn().log("The reign does not end in time");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!isClosed) {
                var pause = round();
                if (!isClosed && wake.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS))
                    wake.drainPermits();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// One attempt to lead, and the reign if it succeeds.
    ///
    /// @return how long to wait before the next
    private Duration round() throws InterruptedException {
        try {
            if (reigning.obstacle().isPresent()) return stayAway();
            long sent = nanoTime.getAsLong();
            return switch (lease.obtain(self.get(), above.get())) {
                case Attempt.Held(var holder, var remaining) -> follow(holder, remaining);
                case Attempt.Obtained(var epoch) ->
                        lead(new Term(epoch, nanoTime, length, sent, wake::release));
            };
        } catch (LeaseFault | JournalFault fault) {
            trouble(fault);
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).log("An attempt to lead has failed, which is a bug");
        }
        stand(new Role.Leaderless(), Optional.empty());
        return backoff.pause();
    }

    private Duration follow(Optional<Lease.Holder> leader, Duration remaining) {
        isTroubled = false;
        backoff.reset();
        leader.<Role>map(holder -> new Role.Following(holder.address(), holder.epoch()))
                .ifPresentOrElse(
                        role -> stand(role, Optional.empty()),
                        () -> stand(new Role.Leaderless(), Optional.empty()));
        var end = remaining.plus(AFTER_END);
        return end.compareTo(LOOK) < 0 ? end : LOOK;
    }

    /// It could not lead, so it leaves the lease to those who can.
    private Duration stayAway() {
        var other = lease.holder();
        if (other.isPresent()) return follow(other.get().holder(), other.get().remaining());
        // Whoever can't read the journal looks at it again now and then: it may be repaired.
        following.begin();
        stand(new Role.Leaderless(), Optional.empty());
        return backoff.pause();
    }

    private Duration lead(Term term) throws InterruptedException {
        stand(new Role.Recovering(), Optional.of(term));
        long start = nanoTime.getAsLong();
        try (var _ = Renewals.start(lease, term, length, nanoTime, meters)) {
            var begun = reigning.begin(term);
            meters.tookOver(Duration.ofNanos(nanoTime.getAsLong() - start));
            reign(begun, term);
        } finally {
            term.end("the reign did not begin");
            stand(new Role.Leaderless(), Optional.empty());
            giveBack(term);
        }
        // Whoever is thrown out at once, again and again, shall not try without pause.
        boolean hasLasted = nanoTime.getAsLong() - start > length.toNanos();
        if (hasLasted) backoff.reset();
        return backoff.pause();
    }

    private void reign(Reigning.Begun begun, Term term) throws InterruptedException {
        var writer = begun.writer();
        try {
            writer.start();
            stand(
                    new Role.Leading(begun.epoch(), begun.master(), begun.since(), writer),
                    Optional.of(term));
            isTroubled = false;
            while (term.holds() && !isClosed)
                wake.tryAcquire(term.remainingNanos(), TimeUnit.NANOSECONDS);
        } finally {
            term.end(term.reason());
            stand(new Role.Leaderless(), Optional.empty());
            writer.end();
            LOG.atInfo()
                    .addKeyValue("epoch", begun.epoch().number())
                    .addKeyValue("reason", term.reason())
                    .log("The reign is over");
        }
    }

    /// Whoever must lead again in a higher epoch keeps the lease: another master would not know of
    /// it.
    private void giveBack(Term term) {
        if (!isClosed && above.get().compareTo(term.epoch()) >= 0) return;
        try {
            lease.release(term.epoch());
        } catch (LeaseFault fault) {
            LOG.atDebug().setCause(fault).log("The lease ends by itself");
        }
    }

    private void stand(Role role, Optional<Term> term) {
        var before = standing.role;
        standing = new Standing(role, term);
        if (before.equals(role)) return;
        switch (role) {
            case Role.Leading(var epoch, var master, _, _) -> {
                following.end();
                LOG.atInfo()
                        .addKeyValue("epoch", epoch.number())
                        .addKeyValue("master", master)
                        .log("This master leads");
            }
            case Role.Following(var leader, _) -> {
                following.begin();
                rehearseOnce();
                LOG.atInfo().addKeyValue("leader", leader).log("Another master leads");
            }
            case Role.Recovering _ -> LOG.atInfo().log("The lease is ours; reading the journal");
            case Role.Leaderless _ -> LOG.atDebug().log("Nobody is known to lead");
        }
        listeners.forEach(Runnable::run);
    }

    private void rehearseOnce() {
        if (hasRehearsed) return;
        hasRehearsed = true;
        rehearsal.start();
    }

    private void rehearse() {
        try {
            reigning.rehearse(() -> !isClosed && standing.role instanceof Role.Following);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Told once, not with each attempt.
    private void trouble(RuntimeException fault) {
        if (isTroubled) {
            LOG.atDebug().setCause(fault).log("Still not able to lead");
            return;
        }
        isTroubled = true;
        var cause = fault.getCause();
        LOG.atWarn()
                .addKeyValue("reason", fault.getMessage())
                .addKeyValue("cause", cause == null ? "none" : cause.getMessage())
                .log("Not able to lead or to see who does; trying on");
    }
}
