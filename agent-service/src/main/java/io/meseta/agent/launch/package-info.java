/// Processes: how a command is started under a supervisor that outlives the agent, watched, found
/// again, and ended with everything that descends from it.
///
/// Start at [Supervisors] and at `supervisor.sh` beside it. Nothing here knows the wire.
@NullMarked
package io.meseta.agent.launch;

import org.jspecify.annotations.NullMarked;
