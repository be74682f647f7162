/// What readers of the whole state cost those who place tasks.
///
/// Start at [PollingReaders]. Its figures are kept in `results/polling-readers.md`.
@NullMarked
package io.meseta.benchmarks.readers;

import org.jspecify.annotations.NullMarked;
