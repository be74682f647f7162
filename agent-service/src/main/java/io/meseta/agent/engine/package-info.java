/// The one place where the agent's mind changes: commands in, checkpoints first, then effects.
///
/// Start at [AgentLoop#submit]. No other room calls [io.meseta.agent.core.machine.Machine#after].
@NullMarked
package io.meseta.agent.engine;

import org.jspecify.annotations.NullMarked;
