/// Clears away what time has made useless.
///
/// Start at [Upkeep].
@NullMarked
package io.meseta.auth.ticks;

import org.jspecify.annotations.NullMarked;
