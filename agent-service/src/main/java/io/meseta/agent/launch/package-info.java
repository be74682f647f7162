/// Processes: how a command is started under a supervisor that outlives the agent, watched, found
/// again, and ended with everything that descends from it.
///
/// Start at [Runs], which all runtimes have in common; [Supervisors] and `supervisor.sh` beside it
/// are the one that needs nothing. Nothing here knows the wire.
@NullMarked
package io.meseta.agent.launch;

import org.jspecify.annotations.NullMarked;
