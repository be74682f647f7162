/// From layers in the store to what a runtime needs: a root file system and a process.
///
/// Start at [OverlayLayers] for the directories to mount, [MergedCopy] where nothing can be
/// mounted, and [ProcessPlan] for what to run. Nothing here mounts or starts anything.
@NullMarked
package io.meseta.images.rootfs;

import org.jspecify.annotations.NullMarked;
