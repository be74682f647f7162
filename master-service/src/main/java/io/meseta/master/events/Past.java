package io.meseta.master.events;

import java.util.List;

/// What was told before a tape began, by whoever led then.
@FunctionalInterface
public interface Past {

    /// Nothing is known of it.
    Past UNKNOWN = (_, _) -> new Outcome.Lost("nothing is kept of what was told before");

    /// Something that was told of an entry of the journal.
    record Told(long sequence, News news) {}

    /// How the search has ended.
    sealed interface Outcome {

        /// @param told all of it, the oldest first
        record Found(List<Told> told) implements Outcome {}

        /// @param reason for the reader, who has to begin anew
        record Lost(String reason) implements Outcome {}
    }

    /// All that was told of entries after the one number, up to the other. May take seconds.
    Outcome between(long after, long until);
}
