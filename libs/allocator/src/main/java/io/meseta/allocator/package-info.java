/// Who is offered what, and why not: fair shares of the cluster, as an immutable value.
///
/// Start at [Pool]. Nothing here reads a clock, draws a random number, or knows an offer: the
/// master's core turns grants into offers and says what became of them.
@NullMarked
package io.meseta.allocator;

import org.jspecify.annotations.NullMarked;
