/// What outlives every process: the journal that all masters share, and the lease that says who of
/// them leads.
///
/// Start at [SharedLog]. Both stand for one database; it is never lost, but the way to it is long.
@NullMarked
package io.meseta.simulator.store;

import org.jspecify.annotations.NullMarked;
