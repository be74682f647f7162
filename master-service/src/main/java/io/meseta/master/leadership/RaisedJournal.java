package io.meseta.master.leadership;

import io.meseta.master.core.cluster.Epoch;
import io.meseta.master.engine.Entry;
import io.meseta.master.engine.Journal;
import io.meseta.master.engine.JournalFault;
import io.meseta.master.engine.Snapshot;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// A journal whose epoch has been raised already, so that its last entry could be looked at before
/// the first moment of the reign is taken: no earlier leader can append after that look.
final class RaisedJournal implements Journal {

    private final Journal journal;
    private final Head head;
    private volatile long snapshotSequence;

    private RaisedJournal(Journal journal, Head head) {
        this.journal = journal;
        this.head = head;
    }

    static RaisedJournal raise(Journal journal, Epoch epoch) {
        return new RaisedJournal(journal, journal.raise(epoch));
    }

    /// When the newest entry was written; empty if there is none.
    Optional<Instant> newestAt() {
        var newest = new AtomicReference<Optional<Instant>>(Optional.empty());
        journal.read(
                Math.max(1, head.nextSequence() - 1), entry -> newest.set(Optional.of(entry.at())));
        return newest.get();
    }

    /// The sequence number of the snapshot that was read last; 0 for none.
    long snapshotSequence() {
        return snapshotSequence;
    }

    @Override
    public Head head() {
        return journal.head();
    }

    @Override
    public Head raise(Epoch epoch) {
        if (epoch.equals(head.epoch())) return head;
        throw new JournalFault.Fenced("epoch " + epoch.number() + " is not the one of this reign");
    }

    @Override
    public void append(Entry entry) {
        journal.append(entry);
    }

    @Override
    public void read(long fromSequence, Consumer<Entry> reader) {
        journal.read(fromSequence, reader);
    }

    @Override
    public Optional<Snapshot> newestSnapshot() {
        var newest = journal.newestSnapshot();
        snapshotSequence = newest.map(Snapshot::sequence).orElse(0L);
        return newest;
    }

    @Override
    public void save(Snapshot snapshot) {
        journal.save(snapshot);
    }
}
