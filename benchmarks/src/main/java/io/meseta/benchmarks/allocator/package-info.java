/// How long the allocator takes: from scratch, with nothing to do, among filters and quotas, and in
/// a whole cluster with frameworks of three kinds.
///
/// Start at [AllocatorFigures], which prints all of it; [AllocationBenchmark] is the same for JMH.
@NullMarked
package io.meseta.benchmarks.allocator;

import org.jspecify.annotations.NullMarked;
