/// A whole cluster in one process, under a seed: several masters, agents and frameworks, the
/// network between them, time, and everything that can go wrong.
///
/// Start at [Simulation], or run [Simulate]. The cores are the real ones; only what surrounds them
/// is simulated. A seed always gives the same run.
@NullMarked
package io.meseta.simulator;

import org.jspecify.annotations.NullMarked;
