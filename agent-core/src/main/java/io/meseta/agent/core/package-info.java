/// The word that all rooms of the agent's core share: a moment.
///
/// Start at [io.meseta.agent.core.machine.Machine]. Nothing in the core waits, reads a clock, draws
/// a random number, or knows a wire.
@NullMarked
package io.meseta.agent.core;

import org.jspecify.annotations.NullMarked;
