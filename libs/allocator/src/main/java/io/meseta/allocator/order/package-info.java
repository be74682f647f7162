/// Whose turn it is: lines by share or by chance, and values by number.
///
/// Start at [Line]. Knows nothing of agents or frameworks.
@NullMarked
package io.meseta.allocator.order;

import org.jspecify.annotations.NullMarked;
