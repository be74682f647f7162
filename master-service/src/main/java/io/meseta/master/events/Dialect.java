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
    byte[] afterSnapshot(Audience audience);

    /// Says that so far all is true.
    byte[] beat(Audience audience);

    /// The last that a reader hears; may be empty.
    byte[] end(Audience audience, String reason);
}
