/// One task on this machine: what it is, how far it has come, and the events of its life.
///
/// Start at [Stage], the table of legal moves, then [AgentTask].
@NullMarked
package io.meseta.agent.core.task;

import org.jspecify.annotations.NullMarked;
