/// What sandboxes take of the disk, and the end of tasks that take more than they have asked for.
///
/// Start at [DiskRounds].
@NullMarked
package io.meseta.agent.disk;

import org.jspecify.annotations.NullMarked;
