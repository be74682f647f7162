/// What the machine's resources have been made by operations: reservations and volumes.
///
/// Start at [Holdings]. They outlive tasks, frameworks and restarts.
@NullMarked
package io.meseta.agent.core.holding;

import org.jspecify.annotations.NullMarked;
