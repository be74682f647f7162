/// Programs of this machine: found, run with limits, and held against known flaws.
///
/// Start at [Program#find]. Which flaws there are is said in [KnownFlaws], and nowhere else.
@NullMarked
package io.meseta.runtime.host;

import org.jspecify.annotations.NullMarked;
