/// Roles as operators see them: who has what, whose share is larger, who may have how much.
///
/// Start at [RoleCalls] for the calls and `RolesController` for the older endpoints. What may be is
/// decided in the core; here are the words.
@NullMarked
package io.meseta.master.roles;

import org.jspecify.annotations.NullMarked;
