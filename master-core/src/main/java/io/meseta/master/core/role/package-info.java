/// Roles: who may have how much of the cluster, and whose turn counts for more.
///
/// Start at [Roles]. Roles that nobody has given a weight or a quota are not here: they are
/// wherever a framework, a task or a reservation names them.
@NullMarked
package io.meseta.master.core.role;

import org.jspecify.annotations.NullMarked;
