/// Containers by an OCI runtime (`runc`, `crun`, or one like them) under `conmon`.
///
/// Start at [OciRuntime#open]. What a plan means as `config.json` is said by [OciConfig]; what lies
/// on the disk, by [Bundle]; in which order things are done and undone, by [Launching] and
/// [Destroying].
@NullMarked
package io.meseta.runtime.oci;

import org.jspecify.annotations.NullMarked;
