/// How many tasks a second one master places, with everything on the way real but the machines.
///
/// Start at [Placements].
@NullMarked
package io.meseta.benchmarks.placements;

import org.jspecify.annotations.NullMarked;
