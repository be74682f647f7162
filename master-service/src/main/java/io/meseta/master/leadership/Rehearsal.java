package io.meseta.master.leadership;

import io.meseta.master.core.agent.LinkId;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Moment;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.reign.Terms;
import io.meseta.master.engine.ClusterWriter.View;
import io.meseta.master.engine.Committer;
import io.meseta.master.engine.Entry;
import io.meseta.master.engine.Journal;
import io.meseta.master.engine.Replay;
import io.meseta.master.engine.Snapshot;
import io.meseta.model.MasterId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The first moments of a reign, tried out by a master that does not lead.
///
/// What a process does for the first time takes it many times as long as later: to connect, to
/// raise the epoch, to append, to decide on the return of every agent. A takeover is no time to
/// learn. Nothing comes of a rehearsal: the state that it makes is dropped, and its entries go all
/// the way to the database with a number that no journal has a place for.
final class Rehearsal {

    /// How often it is gone through, until the compiler has had a look at it.
    static final int TIMES = 12;

    static final Duration PAUSE = Duration.ofMillis(250);

    /// How many agents come back in it.
    private static final int AGENTS_MAX = 200;

    private final Journal journal;
    private final Terms terms;

    Rehearsal(Journal journal, Terms terms) {
        this.journal = journal;
        this.terms = terms;
    }

    /// @throws io.meseta.master.engine.JournalFault if the journal can't be reached
    void perform(View view, Moment moment) {
        var cluster = view.cluster();
        var epoch = new Epoch(cluster.reign().epoch().number() + 1);
        var lead = new Command.Lead(epoch, new MasterId("rehearsal"), terms);
        var known = new Replay(cluster, view.sequence() + 1);
        var committer = Committer.lead(new Stage(), known, lead, moment);
        var greetings =
                cluster.agents().values().stream()
                        .limit(AGENTS_MAX)
                        .map(agent ->
                                new Command.Greet(
                                        Optional.of(agent.id()),
                                        agent.profile(),
                                        new LinkId("rehearsal-" + agent.id().value()),
                                        new Command.Recollection(Epoch.NONE, 0),
                                        List.of()))
                        .toList();
        if (!greetings.isEmpty()) committer.commit(greetings, moment);
    }

    /// Where entries are shown and not kept.
    private final class Stage implements Journal {

        @Override
        public Head head() {
            throw notHere();
        }

        @Override
        public Head raise(Epoch epoch) {
            throw notHere();
        }

        @Override
        public void append(Entry entry) {
            journal.rehearse(entry);
        }

        @Override
        public void read(long fromSequence, Consumer<Entry> reader) {
            throw notHere();
        }

        @Override
        public Optional<Snapshot> newestSnapshot() {
            throw notHere();
        }

        @Override
        public void save(Snapshot snapshot) {
            throw notHere();
        }

        private static UnsupportedOperationException notHere() {
            return new UnsupportedOperationException("a rehearsal only appends");
        }
    }
}
