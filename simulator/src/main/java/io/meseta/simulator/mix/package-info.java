/// Frameworks like Marathon, Jenkins and Spark, all at once, in the simulator: whether all of their
/// tasks are placed, and in how many rounds of the allocator.
///
/// Start at [MixedCluster], or run [SimulateMix]. The same over HTTP, with PostgreSQL, is a
/// benchmark.
@NullMarked
package io.meseta.simulator.mix;

import org.jspecify.annotations.NullMarked;
