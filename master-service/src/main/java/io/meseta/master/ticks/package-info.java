/// Clocks that only submit commands.
///
/// Start at [Ticks]. What time brings about is decided in the core; here is only noticed that
/// something is due.
@NullMarked
package io.meseta.master.ticks;

import org.jspecify.annotations.NullMarked;
