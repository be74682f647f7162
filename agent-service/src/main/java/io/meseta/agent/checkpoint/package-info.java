/// What must survive the agent's process: its id, what it has heard of orders and epochs, its tasks
/// and what is still to be said of them.
///
/// Start at [Checkpoints]. Everything is written before it is acted upon; no other room reads or
/// writes these files.
@NullMarked
package io.meseta.agent.checkpoint;

import org.jspecify.annotations.NullMarked;
