/// Those who live in the world: masters and agents that run the real cores, and frameworks that
/// behave as well and as badly as real ones.
///
/// Start at [SimulatedMaster]. What a node keeps in memory it loses in a crash; what it must not
/// lose is marked so.
@NullMarked
package io.meseta.simulator.nodes;

import org.jspecify.annotations.NullMarked;
