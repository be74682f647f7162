/// Policies under version control, and what a change of them would do.
///
/// Start at [PoliciesDesk] and [PolicyTrial].
@NullMarked
package io.meseta.auth.policies;

import org.jspecify.annotations.NullMarked;
