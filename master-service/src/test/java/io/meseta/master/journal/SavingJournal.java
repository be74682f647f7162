package io.meseta.master.journal;

import io.meseta.master.core.reign.Epoch;
import io.meseta.master.engine.Entry;
import io.meseta.master.engine.Journal;
import io.meseta.master.engine.Snapshot;
import java.util.Optional;
import java.util.function.Consumer;

/// A journal of which only saving is asked.
record SavingJournal(Consumer<Snapshot> saving) implements Journal {

    @Override
    public void save(Snapshot snapshot) {
        saving.accept(snapshot);
    }

    @Override
    public Head head() {
        throw unasked();
    }

    @Override
    public Head raise(Epoch epoch) {
        throw unasked();
    }

    @Override
    public void append(Entry entry) {
        throw unasked();
    }

    @Override
    public void read(long fromSequence, Consumer<Entry> reader) {
        throw unasked();
    }

    @Override
    public Optional<Snapshot> newestSnapshot() {
        throw unasked();
    }

    private static AssertionError unasked() {
        return new AssertionError("only saving is asked");
    }
}
