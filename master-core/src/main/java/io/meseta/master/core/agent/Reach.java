package io.meseta.master.core.agent;

import java.time.Instant;

/// Whether the master can speak to an agent.
public sealed interface Reach {

    /// It listens on `link`.
    record Linked(LinkId link, Instant since) implements Reach {}

    /// It does not listen; from `deadline` on it counts as unreachable.
    record Unlinked(Instant since, Instant deadline) implements Reach {}

    /// It has been silent for too long. Its tasks may still run; nobody can tell.
    record Unreachable(Instant since) implements Reach {}
}
