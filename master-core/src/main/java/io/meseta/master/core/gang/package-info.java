/// Gangs: what a framework needs of several agents and can use only together.
///
/// Start at [Gathering]. What is held is kept in step with the pool by [Stock]; [Assembly] says
/// when it is let go. Nothing here is recorded: like what is asked for by REQUEST, it ends with the
/// leader, and is stated again.
@NullMarked
package io.meseta.master.core.gang;

import org.jspecify.annotations.NullMarked;
