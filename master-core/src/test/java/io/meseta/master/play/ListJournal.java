package io.meseta.master.play;

import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.reign.FeatureLevel;
import io.meseta.master.core.reign.FeatureLevels;
import io.meseta.master.engine.Entry;
import io.meseta.master.engine.Journal;
import io.meseta.master.engine.JournalFault;
import io.meseta.master.engine.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The smallest journal that fences, and that can be told to fail. The one of `cluster-testkit` is
/// built on this module and so can't be had here.
public final class ListJournal implements Journal {

    public final List<Entry> entries = new ArrayList<>();
    private Epoch epoch = Epoch.NONE;
    private Optional<Snapshot> newest = Optional.empty();
    private volatile boolean isBroken;
    private volatile Runnable beforeAppend = () -> {};

    public void breakDown() {
        isBroken = true;
    }

    public void beforeAppend(Runnable action) {
        beforeAppend = action;
    }

    /// Of a build that has levels to come.
    @Override
    public FeatureLevels levels() {
        return new FeatureLevels(FeatureLevel.FIRST, new FeatureLevel(9));
    }

    @Override
    public synchronized Head head() {
        return new Head(epoch, entries.size() + 1L);
    }

    @Override
    public synchronized Head raise(Epoch next) {
        if (next.compareTo(epoch) <= 0) throw new JournalFault.Fenced("not above " + epoch);
        epoch = next;
        return head();
    }

    @Override
    public void append(Entry entry) {
        beforeAppend.run();
        if (isBroken) throw new JournalFault.Unavailable("broken", new IOException("broken"));
        synchronized (this) {
            if (!entry.epoch().equals(epoch) || entry.sequence() != entries.size() + 1L)
                throw new JournalFault.Fenced("entry " + entry.sequence());
            entries.add(entry);
        }
    }

    @Override
    public synchronized void read(long fromSequence, Consumer<Entry> reader) {
        List.copyOf(entries).stream()
                .filter(entry -> entry.sequence() >= fromSequence)
                .forEach(reader);
    }

    @Override
    public synchronized Optional<Snapshot> newestSnapshot() {
        return newest;
    }

    @Override
    public synchronized void save(Snapshot snapshot) {
        var durable = snapshot.cluster().durable().toCluster();
        newest = Optional.of(new Snapshot(snapshot.sequence(), snapshot.at(), durable));
    }
}
