/// The cluster's state and the only rules by which it changes.
///
/// Start at [Cluster#decide] and [Cluster#after]. Nothing here waits, reads a clock, or knows
/// Spring. Commands that span rooms live here, since only this room knows all the others.
@NullMarked
package io.meseta.master.core.cluster;

import org.jspecify.annotations.NullMarked;
