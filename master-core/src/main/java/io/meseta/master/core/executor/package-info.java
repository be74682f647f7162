/// Executors that tasks belong to: what a framework brings along, or what an agent does in its
/// place. Command tasks have none here.
///
/// Start at [Executor]. They are there from the first task to the word of the agent that they have
/// ended, and hold resources all that time.
@NullMarked
package io.meseta.master.core.executor;

import org.jspecify.annotations.NullMarked;
