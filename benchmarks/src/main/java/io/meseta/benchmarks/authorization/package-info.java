/// How long one decision takes among very many rules.
///
/// There is only [DecisionBenchmark]. Its figures are kept in `results/authorization.md`.
@NullMarked
package io.meseta.benchmarks.authorization;

import org.jspecify.annotations.NullMarked;
