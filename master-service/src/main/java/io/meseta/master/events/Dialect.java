package io.meseta.master.events;

import io.meseta.master.engine.Committed;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/// The words of one kind of stream. Everything but snapshots is asked for by one thread.
public interface Dialect {

    /// What is told of these batches; empty if nothing is, to anyone.
    ///
    /// @param from the state before the first of them
    /// @param to the state after the last of them, with the name that it has if something is told
    Optional<News> news(Position from, List<Committed> batches, Position to);

    /// Prints what a reader is told first, on the renderer's thread.
    void snapshot(Position position, Audience audience, OutputStream out) throws IOException;

    /// Whether the length of a snapshot must be known before it can be sent.
    boolean measuresSnapshots();

    /// What comes before a snapshot of that length; it is asked for only if it is measured.
    byte[] beforeSnapshot(long bytes);

    /// What comes after it, before any news.
    byte[] afterSnapshot(Position position, Audience audience);

    /// Says that so far all is true.
    ///
    /// @param sequence of the newest entry of the journal that is told of
    byte[] beat(Audience audience, long sequence);

    /// Whether each batch is told on its own, so that a reader can go on after any of them.
    default boolean tellsBatchesApart() {
        return false;
    }

    /// Says that all was told that came after the number which the reader brought.
    default byte[] resumed(Position position, Audience audience) {
        return new byte[0];
    }

    /// Says that it can't be told what came after that number, so that a snapshot follows.
    default byte[] reset(Audience audience, String reason) {
        return new byte[0];
    }

    /// The last that a reader hears; may be empty.
    byte[] end(Audience audience, String reason);
}
