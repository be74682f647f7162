/// Carrying out the core's steps: a task's sandbox, its files, its process, its end.
///
/// Start at [TaskRunner]. What a wire task asks for is read in [CommandTask] alone.
@NullMarked
package io.meseta.agent.steps;

import org.jspecify.annotations.NullMarked;
