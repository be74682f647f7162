/// Operations on resources that agents have been ordered to carry out: until their end is known,
/// and until whoever waits for it has acknowledged it.
///
/// Start at [OrderedOperation]. What an operation makes of an agent's resources is known when it is
/// ordered, and counts from then on; only its end is waited for.
@NullMarked
package io.meseta.master.core.operation;

import org.jspecify.annotations.NullMarked;
