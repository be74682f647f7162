/// How much of the cluster a role is promised, and how much it may have at most.
///
/// Start at [Quota]. Quota is about scalars by name, wherever they are: [Quantities].
@NullMarked
package io.meseta.model.quota;

import org.jspecify.annotations.NullMarked;
