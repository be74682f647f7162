/// The agent: runs on each machine, starts what the master orders, and says how it went.
///
/// Start at [AgentService] and `wiring`; what is decided is decided in
/// [io.meseta.agent.core.machine.Machine].
@NullMarked
package io.meseta.agent;

import org.jspecify.annotations.NullMarked;
