/// The journal alone: how long a master takes until it knows the cluster again, and how fast it
/// writes.
///
/// Start at [Recovery], or at [Appends].
@NullMarked
package io.meseta.benchmarks.recovery;

import org.jspecify.annotations.NullMarked;
