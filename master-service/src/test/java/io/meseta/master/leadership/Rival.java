package io.meseta.master.leadership;

import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.reign.Terms;
import io.meseta.master.engine.ClusterWriter;
import io.meseta.master.engine.CommitWatch;
import io.meseta.master.engine.EffectRunner;
import io.meseta.master.engine.Standby;
import io.meseta.master.journal.DatabaseJournal;
import io.meseta.master.journal.JournalTables;
import io.meseta.master.journal.Snapshots;
import io.meseta.master.journal.codec.Build;
import io.meseta.master.leadership.Leadership.Address;
import io.meseta.master.leadership.Leadership.Role;
import io.meseta.master.standby.Following;
import io.meseta.testkit.Await;
import io.meseta.testkit.FakeTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// One master among several in this JVM, whose renewals can be paused and whose clock can be
/// stopped, as a long pause of its process would.
final class Rival implements AutoCloseable {

    static final Duration LEASE = Duration.ofMillis(600);

    private static final int HOURS_MAX = 10;
    private static final long CLOCK_RUNS = Long.MIN_VALUE;

    private final DatabaseJournal journal;
    private final DatabaseLease lease;
    private final Snapshots snapshots;
    private final Standby standby;
    private final Following following;
    private final LeaseLeadership leadership;
    private final AtomicLong stoppedNanos = new AtomicLong(CLOCK_RUNS);
    private volatile boolean isPaused;

    Rival(JournalTables tables, int port) {
        this(tables, port, _ -> {}, _ -> {});
    }

    /// @param watch sees each line of its commits
    /// @param effects acts upon them
    Rival(JournalTables tables, int port, CommitWatch watch, EffectRunner effects) {
        this(tables, tables.journal(), port, watch, effects);
    }

    /// Of another build.
    Rival(JournalTables tables, int port, Build build) {
        this(tables, tables.journal(build), port, _ -> {}, _ -> {});
    }

    private Rival(
            JournalTables tables,
            DatabaseJournal own,
            int port,
            CommitWatch watch,
            EffectRunner effects) {
        journal = own;
        lease = new DatabaseLease(tables.connector(LEASE), LEASE, UUID.randomUUID());
        // Each master's clock is an hour behind the one before it.
        var clock = new FakeTime();
        clock.advance(Duration.ofHours(HOURS_MAX - port));
        snapshots =
                new Snapshots(
                        journal,
                        new Snapshots.Progress(() -> 0, journal::newestSaved),
                        new Snapshots.Rule(5, Long.MAX_VALUE),
                        () -> {},
                        clock);
        standby = new Standby(journal);
        following = new Following(standby, snapshots);
        var reigning =
                new Reigning(
                        journal,
                        standby,
                        new WallMoments(clock),
                        Terms.DEFAULT,
                        () -> effects,
                        snapshots,
                        watch);
        leadership =
                new LeaseLeadership(
                        new Pausable(),
                        LEASE,
                        reigning,
                        following,
                        () -> new Address("host", port),
                        new LeadershipMeters(new SimpleMeterRegistry()),
                        this::nanos);
    }

    static Rival started(JournalTables tables, int port) {
        return new Rival(tables, port).start();
    }

    Rival start() {
        following.start();
        leadership.start();
        return this;
    }

    Following following() {
        return following;
    }

    LeaseLeadership leadership() {
        return leadership;
    }

    Role role() {
        return leadership.role();
    }

    /// Waits until it leads.
    Role.Leading leading() {
        return Await.shortly()
                .value(
                        "this one leads",
                        () ->
                                role() instanceof Role.Leading leading
                                        ? Optional.of(leading)
                                        : Optional.empty());
    }

    void follows(int port) {
        follows("host", port);
    }

    void follows(String host, int port) {
        var wanted = new Address(host, port);
        Await.shortly()
                .until(
                        "this one follows",
                        () ->
                                role() instanceof Role.Following(var leader, _)
                                        && leader.equals(wanted));
    }

    void doesNotLead() {
        Await.shortly().until("this one does not lead", () -> !(role() instanceof Role.Leading));
    }

    ClusterWriter writer() {
        return leading().writer();
    }

    /// Neither asks for the lease nor renews it until it is resumed.
    void pauseLease() {
        isPaused = true;
    }

    void resumeLease() {
        isPaused = false;
    }

    /// From now on it believes that no time passes.
    void stopClock() {
        stoppedNanos.set(System.nanoTime());
    }

    void startClock() {
        stoppedNanos.set(CLOCK_RUNS);
    }

    @Override
    public void close() {
        isPaused = false;
        startClock();
        leadership.close();
        following.close();
        snapshots.close();
        lease.close();
    }

    private long nanos() {
        long stopped = stoppedNanos.get();
        return stopped == CLOCK_RUNS ? System.nanoTime() : stopped;
    }

    private final class Pausable implements Lease {

        @Override
        public Attempt obtain(Address self, Epoch above) {
            if (isPaused) throw new LeaseFault("paused", new IllegalStateException());
            return lease.obtain(self, above);
        }

        @Override
        public Optional<Attempt.Held> holder() {
            if (isPaused) throw new LeaseFault("paused", new IllegalStateException());
            return lease.holder();
        }

        @Override
        public boolean renew(Epoch epoch) {
            if (isPaused) throw new LeaseFault("paused", new IllegalStateException());
            return lease.renew(epoch);
        }

        @Override
        public void release(Epoch epoch) {
            if (!isPaused) lease.release(epoch);
        }
    }
}
