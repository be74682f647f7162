/// How a service starts, or refuses to with one clear line.
///
/// Start at [ServiceStart]. Nothing here knows what the service does.
@NullMarked
package io.meseta.platform.start;

import org.jspecify.annotations.NullMarked;
