package io.meseta.simulator;

import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.reign.FeatureLevels;
import io.meseta.master.engine.Entry;
import io.meseta.master.engine.Journal;
import io.meseta.master.engine.Snapshot;
import java.util.Optional;
import java.util.function.Consumer;

/// A journal that may be tampered with.
class OpenedJournal implements Journal {

    private final Journal journal;

    OpenedJournal(Journal journal) {
        this.journal = journal;
    }

    @Override
    public FeatureLevels levels() {
        return journal.levels();
    }

    @Override
    public Head head() {
        return journal.head();
    }

    @Override
    public Head raise(Epoch epoch) {
        return journal.raise(epoch);
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
        return journal.newestSnapshot();
    }

    @Override
    public void save(Snapshot snapshot) {
        journal.save(snapshot);
    }
}
