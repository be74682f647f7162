/// What executors and the agent say to each other: the v1 executor API.
///
/// Start at [ExecutorController]. What an executor's word means is decided in the agent's core;
/// here it is only checked, passed on and put into words.
@NullMarked
package io.meseta.agent.executors;

import org.jspecify.annotations.NullMarked;
