/// Starts and stops a whole cluster on one machine: what `./meseta up` and `down` run.
///
/// Start at [UpCommand], which reads as the order of things; [Cluster] holds what runs. It knows
/// services only as processes with a port and a readiness route, never by their classes. Whatever
/// it must remember after its own death is in [RunRecord].
@NullMarked
package io.meseta.launcher;

import org.jspecify.annotations.NullMarked;
