package io.meseta.master.leadership;

import io.meseta.master.leadership.Lease.LeaseFault;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one term alive: a thread that renews the lease every third of its length, also while the
/// journal is being read, which may take longer than the lease lasts.
final class Renewals implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Renewals.class);

    private static final int PER_LEASE = 3;
    private static final int RETRIES_PER_LEASE = 20;

    private final Lease lease;
    private final Term term;
    private final Duration length;
    private final LongSupplier nanoTime;
    private final LeadershipMeters meters;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private Renewals(
            Lease lease,
            Term term,
            Duration length,
            LongSupplier nanoTime,
            LeadershipMeters meters) {
        this.lease = lease;
        this.term = term;
        this.length = length;
        this.nanoTime = nanoTime;
        this.meters = meters;
        this.thread = Thread.ofPlatform().name("lease-renewal").daemon().unstarted(this::run);
    }

    static Renewals start(
            Lease lease,
            Term term,
            Duration length,
            LongSupplier nanoTime,
            LeadershipMeters meters) {
        var renewals = new Renewals(lease, term, length, nanoTime, meters);
        renewals.thread.start();
        return renewals;
    }

    /// Renews no more, and waits for a renewal under way, so that none comes after the lease was
    /// given back.
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(length.multipliedBy(2));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            var pause = length.dividedBy(PER_LEASE);
            while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS) && !term.isEnded()) {
                boolean isRenewed = renew();
                if (!isRenewed && !term.holds()) term.end("the lease was not renewed in time");
                pause = length.dividedBy(isRenewed ? PER_LEASE : RETRIES_PER_LEASE);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            term.end("the renewals were interrupted");
        }
    }

    private boolean renew() {
        long sent = nanoTime.getAsLong();
        try {
            if (lease.renew(term.epoch())) {
                // A term whose time was up stays over, although the database would let us go on.
                if (term.holds()) term.renewed(sent);
                meters.renewed();
                return term.holds();
            }
            term.end("another master has the lease");
        } catch (LeaseFault fault) {
            LOG.atDebug().setCause(fault).log("The lease was not renewed");
        }
        meters.notRenewed();
        return false;
    }
}
