/// How fast one agent runs tasks that do nothing: as processes, for real, from a framework's ACCEPT
/// to the last update.
///
/// Start at [TrueTasks].
@NullMarked
package io.meseta.benchmarks.tasks;

import org.jspecify.annotations.NullMarked;
