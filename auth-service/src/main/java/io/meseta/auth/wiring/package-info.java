/// The assembly of what belongs to no room.
///
/// Start at [DesksWiring].
@NullMarked
package io.meseta.auth.wiring;

import org.jspecify.annotations.NullMarked;
