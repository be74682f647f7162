/// All of the agent's assembly: settings, beans, and the order in which it comes up and goes down.
///
/// Start at [AgentConfiguration].
@NullMarked
package io.meseta.agent.wiring;

import org.jspecify.annotations.NullMarked;
