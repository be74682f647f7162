/// Persistent volumes on disk: made, linked into sandboxes, and deleted.
///
/// Start at [VolumeKeeper]. Which volumes there must be is decided by the core.
@NullMarked
package io.meseta.agent.volumes;

import org.jspecify.annotations.NullMarked;
