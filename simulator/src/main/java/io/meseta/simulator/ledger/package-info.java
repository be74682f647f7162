/// Everything that was promised, kept apart from those who promised it: what tasks went through,
/// what frameworks heard, who holds what. Whatever does not agree is a broken promise.
///
/// Start at [Ledger]. Nothing here changes the simulated cluster.
@NullMarked
package io.meseta.simulator.ledger;

import org.jspecify.annotations.NullMarked;
