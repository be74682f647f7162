package io.meseta.master.core.framework;

import java.time.Instant;

/// Whether a framework's stream is open.
public sealed interface Presence {

    /// It listens on `stream`.
    record Connected(StreamId stream, Instant since) implements Presence {}

    /// It does not listen; from `deadline` on it counts as gone.
    record Disconnected(Instant since, Instant deadline) implements Presence {}
}
