package io.meseta.agent.core.executor;

import java.time.Instant;
import java.util.UUID;

/// Whether an executor listens. Forgotten in a restart: then none does.
public sealed interface Attendance {

    /// Nobody listens; it is given up at `until`, [Instant#MAX] for never.
    record Absent(Instant until) implements Attendance {}

    /// It listens on this connection.
    record Present(UUID connection) implements Attendance {}
}
