/// Tasks: from launch to the last acknowledgement.
///
/// Start at [Task] and at [TaskLifeCycle], the table of legal moves. Knows frameworks and agents by
/// their ids only.
@NullMarked
package io.meseta.master.core.task;

import org.jspecify.annotations.NullMarked;
