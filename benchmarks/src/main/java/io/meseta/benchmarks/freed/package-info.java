/// How long it takes from a resource that is freed to the offer of it.
///
/// Start at [FreedResources].
@NullMarked
package io.meseta.benchmarks.freed;

import org.jspecify.annotations.NullMarked;
