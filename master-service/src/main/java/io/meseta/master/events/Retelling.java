package io.meseta.master.events;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.engine.Committed;
import io.meseta.master.engine.Entry;
import io.meseta.master.engine.Journal;
import io.meseta.master.engine.JournalFault;
import io.meseta.master.engine.Replay;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts into words again what the journal holds: a saved state that is old enough, and all that has
/// happened since.
///
/// Passing events are not in the journal, so nothing is said of them. It takes as much memory as a
/// second state of the cluster, for as long as it runs.
public final class Retelling implements Past {

    private static final Logger LOG = LoggerFactory.getLogger(Retelling.class);

    private static final long FIRST = 1;

    private final Supplier<? extends Journal> journal;
    private final Dialect dialect;
    private final Bounds bounds;

    /// How much is told again at most.
    ///
    /// @param entriesMax entries of the journal
    /// @param bytesMax what it takes to keep the news of them, about
    public record Bounds(long entriesMax, long bytesMax) {}

    public Retelling(Supplier<? extends Journal> journal, Dialect dialect, Bounds bounds) {
        this.journal = journal;
        this.dialect = dialect;
        this.bounds = bounds;
    }

    /// Too much has come together.
    private static final class TooMuch extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooMuch() {
            super("too much has changed since", null, false, false);
        }
    }

    @Override
    public Outcome between(long after, long until) {
        if (until - after > bounds.entriesMax())
            return new Outcome.Lost("too much has changed since");
        try {
            var reading = new Reading(start(after), after, until);
            journal.get().read(reading.replay.nextSequence(), reading::take);
            return reading.replay.nextSequence() > until
                    ? new Outcome.Found(reading.told)
                    : new Outcome.Lost("the journal does not hold what came after that number");
        } catch (TooMuch _) {
            return new Outcome.Lost("too much has changed since");
        } catch (JournalFault fault) {
            LOG.atInfo()
                    .addKeyValue("after", after)
                    .addKeyValue("reason", fault.getMessage())
                    .log("The journal can't tell what came after a number");
            return new Outcome.Lost("the journal does not hold what came after that number");
        }
    }

    private Replay start(long after) {
        return journal.get()
                .newestSnapshot(after)
                .map(saved -> new Replay(saved.cluster(), saved.sequence() + 1))
                .orElseGet(() -> new Replay(Cluster.EMPTY, FIRST));
    }

    /// From one state to the next, with what is to be told on the way.
    private final class Reading {

        private final long after;
        private final long until;
        private final List<Told> told = new ArrayList<>();
        private Replay replay;
        private long bytes;

        Reading(Replay start, long after, long until) {
            this.replay = start;
            this.after = after;
            this.until = until;
        }

        void take(Entry entry) {
            if (entry.sequence() > until) return;
            var before = replay.cluster();
            replay = replay.after(entry);
            if (entry.sequence() > after) tell(entry, before);
        }

        private void tell(Entry entry, Cluster before) {
            var batch =
                    new Committed(
                            entry.sequence(),
                            before,
                            replay.cluster(),
                            List.of(),
                            entry.events(),
                            List.of());
            var from = position(entry.epoch(), before, entry.sequence() - 1);
            var to = position(entry.epoch(), replay.cluster(), entry.sequence());
            var news = dialect.news(from, List.of(batch), to);
            if (news.isEmpty()) return;
            bytes += news.get().cost();
            if (bytes > bounds.bytesMax()) throw new TooMuch();
            told.add(new Told(entry.sequence(), news.get()));
        }

        /// Its name is nobody's: no reader was ever given it.
        private static Position position(Epoch epoch, Cluster cluster, long sequence) {
            return new Position(new EventId(epoch, 0), cluster, sequence);
        }
    }
}
