package io.meseta.simulator.store;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.engine.Entry;
import io.meseta.master.engine.Journal;
import io.meseta.master.engine.JournalFault;
import io.meseta.master.engine.Replay;
import io.meseta.master.engine.Snapshot;
import io.meseta.simulator.world.BrokenPromise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The journal as it lies in the database. It fences as it should, and keeps an eye on what gets
/// in: whatever comes past the fence is a broken promise.
///
/// Entries that a snapshot covers are dropped, so that long runs do not fill the memory.
public final class SharedLog implements Journal {

    /// A standby may be this far behind the newest snapshot.
    private static final int ENTRIES_KEPT = 2_000;

    private final Queue<Entry> entries = new ArrayDeque<>();
    private Epoch epoch = Epoch.NONE;
    private Epoch newestEpoch = Epoch.NONE;
    private long nextSequence = 1;
    private @Nullable Snapshot newest;
    private Consumer<Entry> reader = _ -> {};
    private Replay witness = new Replay(Cluster.EMPTY, 1);

    @Override
    public Head head() {
        return new Head(epoch, nextSequence);
    }

    @Override
    public Head raise(Epoch next) {
        if (next.compareTo(epoch) <= 0)
            throw new JournalFault.Fenced(next + " is not above " + epoch);
        epoch = next;
        return head();
    }

    @Override
    public void append(Entry entry) {
        if (!entry.epoch().equals(epoch) || entry.sequence() != nextSequence)
            throw new JournalFault.Fenced(
                    "%s of %s is not entry %d of %s"
                            .formatted(entry.sequence(), entry.epoch(), nextSequence, epoch));
        write(entry);
    }

    /// Writes without asking whether it may, as a journal without a fence would.
    public void write(Entry entry) {
        BrokenPromise.unless(
                entry.sequence() == nextSequence,
                "entry %d was written twice, the second time by %s"
                        .formatted(entry.sequence(), entry.epoch()));
        BrokenPromise.unless(
                entry.epoch().compareTo(newestEpoch) >= 0 && entry.epoch().equals(epoch),
                "%s wrote entry %d after %s had taken over"
                        .formatted(entry.epoch(), entry.sequence(), epoch));
        newestEpoch = entry.epoch();
        entries.add(entry);
        nextSequence++;
        witness = witness.after(entry);
        reader.accept(entry);
    }

    /// Hands over every entry as it is written, whether or not its writer ever hears that it was.
    public void follow(Consumer<Entry> each) {
        reader = each;
    }

    @Override
    public void read(long fromSequence, Consumer<Entry> reader) {
        new ArrayList<>(entries)
                .stream().filter(entry -> entry.sequence() >= fromSequence).forEach(reader);
    }

    @Override
    public Optional<Snapshot> newestSnapshot() {
        return Optional.ofNullable(newest);
    }

    @Override
    public void save(Snapshot snapshot) {
        if (newest != null && snapshot.sequence() <= newest.sequence()) return;
        var durable = snapshot.cluster().durable().toCluster();
        newest = new Snapshot(snapshot.sequence(), snapshot.at(), durable);
        while (entries.size() > ENTRIES_KEPT && entries.element().sequence() <= snapshot.sequence())
            entries.remove();
    }

    /// What someone sees who has read every entry as it came and nothing else: the state that every
    /// leader must have.
    public Replay witness() {
        return witness;
    }
}
