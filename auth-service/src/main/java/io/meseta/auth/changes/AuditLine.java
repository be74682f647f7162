package io.meseta.auth.changes;

import java.time.Instant;

/// One line of the audit.
///
/// @param number rises with time; a change that was undone leaves a gap
/// @param before what was, as JSON; empty if nothing was
/// @param after what is, as JSON; empty if nothing is
public record AuditLine(
        long number,
        Instant at,
        Caller by,
        String action,
        String resource,
        String before,
        String after) {}
