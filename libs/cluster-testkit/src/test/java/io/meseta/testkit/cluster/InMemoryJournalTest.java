package io.meseta.testkit.cluster;

import io.meseta.master.engine.Journal;
import java.util.function.Supplier;

final class InMemoryJournalTest implements JournalContract {

    @Override
    public Supplier<Journal> freshLog() {
        var journal = new InMemoryJournal();
        return () -> journal;
    }
}
