/// What operators do to machines: deactivate, drain and give up agents, and maintenance.
///
/// Start at [UpkeepCalls]. What becomes of a wish is the core's to say; here it is read, permitted
/// and answered.
@NullMarked
package io.meseta.master.maintenance;

import org.jspecify.annotations.NullMarked;
