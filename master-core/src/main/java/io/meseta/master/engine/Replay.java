package io.meseta.master.engine;

import io.meseta.master.core.cluster.Cluster;

/// Reads a state back from a journal. It can neither publish nor append.
///
/// @param nextSequence of the entry after the last one that was read
public record Replay(Cluster cluster, long nextSequence) {

    private static final long FIRST = 1;

    /// The newest state that a journal holds.
    public static Replay of(Journal journal) {
        var start =
                journal.newestSnapshot()
                        .map(each -> new Replay(each.cluster(), each.sequence() + 1))
                        .orElseGet(() -> new Replay(Cluster.EMPTY, FIRST));
        return start.catchUp(journal);
    }

    /// This state and everything that the journal has gained since.
    public Replay catchUp(Journal journal) {
        var reading = new Reading(this);
        journal.read(nextSequence, reading::take);
        return reading.reached;
    }

    public Replay after(Entry entry) {
        if (entry.sequence() != nextSequence)
            throw new JournalFault.Unreadable(
                    "entry " + nextSequence + " is missing before entry " + entry.sequence());
        var state = cluster;
        for (var event : entry.events()) state = state.after(event);
        return new Replay(state, nextSequence + 1);
    }

    private static final class Reading {

        private Replay reached;

        Reading(Replay start) {
            reached = start;
        }

        void take(Entry entry) {
            reached = reached.after(entry);
        }
    }
}
