/// Images for tasks: from what the wire names to what lies on this machine, leased for as long as a
/// container is held, and collected when the disk fills up.
///
/// Start at [TaskImages].
@NullMarked
package io.meseta.agent.images;

import org.jspecify.annotations.NullMarked;
