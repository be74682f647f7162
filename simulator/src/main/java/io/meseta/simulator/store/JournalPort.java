package io.meseta.simulator.store;

import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.reign.FeatureLevel;
import io.meseta.master.core.reign.FeatureLevels;
import io.meseta.master.engine.Entry;
import io.meseta.master.engine.Journal;
import io.meseta.master.engine.JournalFault;
import io.meseta.master.engine.Snapshot;
import io.meseta.simulator.world.Chance;
import io.meseta.simulator.world.Node;
import io.meseta.simulator.world.Trace;
import io.meseta.simulator.world.Weather;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/// One master's way to the journal: slow, and sometimes broken before, during or after a write.
///
/// While a write is slow the rest of the world goes on: another master may take over, this one may
/// crash.
public final class JournalPort implements Journal {

    /// What each simulated master can read.
    public static final FeatureLevels LEVELS =
            new FeatureLevels(FeatureLevel.FIRST, new FeatureLevel(5));

    private static final int SLOW_ONE_IN = 300;
    private static final int UNAVAILABLE_ONE_IN = 4_000;
    private static final int ANSWER_LOST_ONE_IN = 4_000;
    private static final int LATE_ONE_IN = 4_000;
    private static final int UNREADABLE_ONE_IN = 20;
    private static final long SLOW_MILLIS_MAX = 12_000;

    private final Journal log;
    private final Node node;
    private final Chance chance;
    private final Weather weather;
    private final Trace trace;

    /// The master crashed in the middle of a write, so there is nobody to come back to.
    public static final class Crashed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Crashed() {
            super("crashed while it waited for the journal");
        }
    }

    public JournalPort(Journal log, Node node, Chance chance, Weather weather, Trace trace) {
        this.log = log;
        this.node = node;
        this.chance = chance;
        this.weather = weather;
        this.trace = trace;
    }

    /// Masters of a later build than this, so that there is something to raise.
    @Override
    public FeatureLevels levels() {
        return LEVELS;
    }

    @Override
    public Head head() {
        return log.head();
    }

    @Override
    public Head raise(Epoch epoch) {
        failSometimes(UNREADABLE_ONE_IN, "raise");
        return log.raise(epoch);
    }

    @Override
    public void append(Entry entry) {
        if (!weather.isStormy()) {
            log.append(entry);
            return;
        }
        failSometimes(UNAVAILABLE_ONE_IN, "append");
        if (chance.oneIn(SLOW_ONE_IN)) waitFor("before");
        if (chance.oneIn(LATE_ONE_IN)) {
            writeLate(entry);
            throw unknown(entry);
        }
        log.append(entry);
        if (chance.oneIn(SLOW_ONE_IN)) waitFor("after");
        if (chance.oneIn(ANSWER_LOST_ONE_IN)) throw unknown(entry);
    }

    @Override
    public void read(long fromSequence, Consumer<Entry> reader) {
        failSometimes(UNREADABLE_ONE_IN, "read");
        log.read(fromSequence, reader);
    }

    @Override
    public Optional<Snapshot> newestSnapshot() {
        return log.newestSnapshot();
    }

    @Override
    public void save(Snapshot snapshot) {
        if (!weather.isStormy() || !chance.oneIn(UNREADABLE_ONE_IN)) log.save(snapshot);
    }

    private void failSometimes(int oneIn, String what) {
        if (!weather.isStormy() || !chance.oneIn(oneIn)) return;
        trace.note(node.name(), "can't reach the journal to " + what);
        throw new JournalFault.Unavailable(what, new IOException("connection refused"));
    }

    private void waitFor(String when) {
        long life = node.life();
        long millis = chance.between(1, SLOW_MILLIS_MAX);
        trace.note(node.name(), "waits " + millis + " ms for the journal, " + when + " the write");
        node.hang(millis);
        if (node.life() != life) throw new Crashed();
    }

    /// The statement is on its way although nobody waits for it any more. It may come after the
    /// next leader has taken over, and must then be fenced.
    private void writeLate(Entry entry) {
        trace.note(node.name(), "loses the journal while it writes entry " + entry.sequence());
        node.outlasting(
                chance.between(1, SLOW_MILLIS_MAX),
                () -> {
                    try {
                        log.append(entry);
                        trace.note("db", "writes entry " + entry.sequence() + " late");
                    } catch (JournalFault.Fenced fenced) {
                        trace.note("db", "fences the late entry " + entry.sequence());
                    }
                });
    }

    private static JournalFault unknown(Entry entry) {
        return new JournalFault.OutcomeUnknown(
                "entry " + entry.sequence(), new IOException("connection reset"));
    }
}
