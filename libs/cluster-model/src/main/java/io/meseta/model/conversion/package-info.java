/// What operations make of resources: reservations, volumes, and their undoing.
///
/// Start at [Conversion]. Nothing here knows who may ask for what.
@NullMarked
package io.meseta.model.conversion;

import org.jspecify.annotations.NullMarked;
