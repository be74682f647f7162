/// The words of the cluster as values: ids, resources, roles, task states.
///
/// Start at [Resources]. Nothing here has identity, waits, or knows a wire.
@NullMarked
package io.meseta.model;

import org.jspecify.annotations.NullMarked;
