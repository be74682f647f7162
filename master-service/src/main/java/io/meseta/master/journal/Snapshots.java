package io.meseta.master.journal;

import io.meseta.master.engine.ClusterWriter.View;
import io.meseta.master.engine.Committed;
import io.meseta.master.engine.Journal;
import io.meseta.master.engine.Snapshot;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Saves the state whole every so many entries or bytes, on a thread of its own, from a state that
/// nobody can change. Whoever has the state only ever hands it over.
///
/// Standbys do this as well, and a little earlier than the leader, which has enough to do: it saves
/// only what no standby has saved in time.
public final class Snapshots implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

    private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

    /// How much longer a leader waits: for a quarter of the entries.
    private static final int PATIENCE_PART = 4;

    private final Journal journal;
    private final Progress progress;
    private final Rule rule;
    private final Runnable sweep;
    private final InstantSource clock;
    private final AtomicBoolean isBusy = new AtomicBoolean();
    private final ThreadPoolExecutor thread;

    // Read and written by the writer or by the standby's thread, whichever has the state.
    private volatile long lastSequence;
    private volatile long lastBytes;

    /// How much may be appended before the next snapshot.
    public record Rule(long entriesMax, long bytesMax) {

        public Rule {
            if (entriesMax < 1 || bytesMax < 1)
                throw new IllegalArgumentException("a snapshot needs something new");
        }
    }

    /// @param bytesAppended how many bytes this process has appended so far
    /// @param newestSaved the sequence number of the newest snapshot that anybody has saved; asked
    ///   before each, on the thread that saves
    public record Progress(LongSupplier bytesAppended, LongSupplier newestSaved) {}

    /// Starts no thread until there is something to save.
    ///
    /// @param sweep done after each snapshot: see [Retention]
    public Snapshots(
            Journal journal, Progress progress, Rule rule, Runnable sweep, InstantSource clock) {
        this.journal = journal;
        this.progress = progress;
        this.rule = rule;
        this.sweep = sweep;
        this.clock = clock;
        this.thread =
                new ThreadPoolExecutor(
                        1,
                        1,
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(1),
                        Thread.ofPlatform().name("snapshots").daemon().factory(),
                        new ThreadPoolExecutor.DiscardPolicy());
    }

    /// A reign begins; nothing is committed while this runs.
    ///
    /// @param sequence of the snapshot that it began from; 0 if there was none
    public void begin(long sequence) {
        lastSequence = sequence;
        lastBytes = progress.bytesAppended().getAsLong();
    }

    /// Called by the writer after each batch. Never waits. After a failure the next attempt is as
    /// far away as after a success: a database in trouble is not helped by trying at once.
    public void after(Committed committed) {
        long entries = committed.sequence() - lastSequence;
        long bytes = progress.bytesAppended().getAsLong() - lastBytes;
        long patience = rule.entriesMax() / PATIENCE_PART;
        if (entries == 0) return;
        if (entries < rule.entriesMax() + patience && bytes < rule.bytesMax()) return;
        hand(new Snapshot(committed.sequence(), clock.instant(), committed.after()));
    }

    /// Called by a standby whenever it has read on. Never waits.
    ///
    /// @param begun the sequence number of the snapshot that its state was read from
    public void followed(View view, long begun) {
        if (view.sequence() - Math.max(begun, lastSequence) < rule.entriesMax()) return;
        hand(new Snapshot(view.sequence(), clock.instant(), view.cluster()));
    }

    private void hand(Snapshot snapshot) {
        if (!isBusy.compareAndSet(false, true)) return;
        long known = lastSequence;
        lastSequence = snapshot.sequence();
        lastBytes = progress.bytesAppended().getAsLong();
        thread.execute(() -> save(snapshot, known));
    }

    /// Waits a little for a snapshot under way; one that takes longer is given up and leaves
    /// nothing.
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_MAX.toMillis(), TimeUnit.MILLISECONDS))
                thread.shutdownNow();
        } catch (InterruptedException interrupted) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void save(Snapshot snapshot, long known) {
        try {
            long newest = progress.newestSaved().getAsLong();
            if (newest > known) {
                // Another master has done it; the next is due from there.
                lastSequence = newest;
                return;
            }
            journal.save(snapshot);
            sweep.run();
            LOG.atInfo().addKeyValue("sequence", snapshot.sequence()).log("Snapshot saved");
        } catch (RuntimeException failure) {
            LOG.atWarn()
                    .addKeyValue("sequence", snapshot.sequence())
                    .setCause(failure)
                    .log("No snapshot was saved; recovery will read more entries");
        } finally {
            isBusy.set(false);
        }
    }
}
