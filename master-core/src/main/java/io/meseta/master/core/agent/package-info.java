/// Agents: which machines there are, and whether they can be reached.
///
/// Start at [Agent]. What runs on them is the task room's.
@NullMarked
package io.meseta.master.core.agent;

import org.jspecify.annotations.NullMarked;
