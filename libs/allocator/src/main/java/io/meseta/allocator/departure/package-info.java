/// Agents that will be away soon, and what frameworks have in their hands meanwhile.
///
/// Start at [Departures]. Knows nothing of resources.
@NullMarked
package io.meseta.allocator.departure;

import org.jspecify.annotations.NullMarked;
