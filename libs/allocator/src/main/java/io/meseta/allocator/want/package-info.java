/// What frameworks have said they need, and what lacks for it.
///
/// Start at [Want].
@NullMarked
package io.meseta.allocator.want;

import org.jspecify.annotations.NullMarked;
