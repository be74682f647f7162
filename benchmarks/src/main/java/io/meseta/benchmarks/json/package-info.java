/// How fast messages become JSON and back: our codec beside protobuf's own.
///
/// There is only [JsonCodecBenchmark]. Its figures are kept in `results/json-codec.md`.
@NullMarked
package io.meseta.benchmarks.json;

import org.jspecify.annotations.NullMarked;
