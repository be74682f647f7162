/// How long a master alone takes until it knows the cluster again.
///
/// Start at [Recovery].
@NullMarked
package io.meseta.benchmarks.recovery;

import org.jspecify.annotations.NullMarked;
