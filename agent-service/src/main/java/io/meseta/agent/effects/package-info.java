/// From the core's effects to the rooms that carry them out.
///
/// Start at [AgentEffects].
@NullMarked
package io.meseta.agent.effects;

import org.jspecify.annotations.NullMarked;
