/// What the master orders, and which orders count.
///
/// Start at [Orders]: an order of a lower epoch is refused, one that was seen before changes
/// nothing.
@NullMarked
package io.meseta.agent.core.order;

import org.jspecify.annotations.NullMarked;
