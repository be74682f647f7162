/// What operators choose of how the cluster is shared.
///
/// Start at [Sharing], what is chosen for a role; [Rules] is chosen for all.
@NullMarked
package io.meseta.allocator.rule;

import org.jspecify.annotations.NullMarked;
