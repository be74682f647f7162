package io.meseta.testkit.cluster;

import io.meseta.master.core.reign.Epoch;
import io.meseta.master.engine.Entry;
import io.meseta.master.engine.Journal;
import io.meseta.master.engine.JournalFault;
import io.meseta.master.engine.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A journal that lives as long as the process. Several masters may share it, and it fences them as
/// a real one does.
public final class InMemoryJournal implements Journal {

    private final List<Entry> entries = new ArrayList<>();
    private Epoch epoch = Epoch.NONE;
    private @Nullable Snapshot newest;

    @Override
    public synchronized Head head() {
        return new Head(epoch, entries.size() + 1L);
    }

    @Override
    public synchronized Head raise(Epoch next) {
        if (next.compareTo(epoch) <= 0)
            throw new JournalFault.Fenced(
                    "epoch " + next.number() + " is not above " + epoch.number());
        epoch = next;
        return head();
    }

    @Override
    public synchronized void append(Entry entry) {
        if (!entry.epoch().equals(epoch) || entry.sequence() != entries.size() + 1L)
            throw new JournalFault.Fenced(
                    "entry "
                            + entry.sequence()
                            + " of epoch "
                            + entry.epoch().number()
                            + " does not follow "
                            + entries.size()
                            + " of epoch "
                            + epoch.number());
        entries.add(entry);
    }

    @Override
    public void read(long fromSequence, Consumer<Entry> reader) {
        List<Entry> tail;
        synchronized (this) {
            int from = (int) Math.min(Math.max(fromSequence - 1, 0), entries.size());
            tail = List.copyOf(entries.subList(from, entries.size()));
        }
        tail.forEach(reader);
    }

    @Override
    public synchronized Optional<Snapshot> newestSnapshot() {
        return Optional.ofNullable(newest);
    }

    @Override
    public synchronized void save(Snapshot snapshot) {
        newest =
                new Snapshot(
                        snapshot.sequence(),
                        snapshot.at(),
                        snapshot.cluster().durable().toCluster());
    }
}
