/// The executors on one machine: processes of frameworks that run tasks for them, and the groups
/// that the agent itself runs in an executor's place.
///
/// Start at [AgentExecutor]. What becomes of an executor's tasks is decided where all rooms meet.
@NullMarked
package io.meseta.agent.core.executor;

import org.jspecify.annotations.NullMarked;
