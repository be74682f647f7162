/// Keeping what tasks write to `stdout` and `stderr` within bounds, while they write it.
///
/// Start at [LogRounds]; [LogRotation] is one file's turn.
@NullMarked
package io.meseta.agent.logs;

import org.jspecify.annotations.NullMarked;
