/// What can be set about this service.
///
/// Start at [AuthServiceProperties].
@NullMarked
package io.meseta.auth.settings;

import org.jspecify.annotations.NullMarked;
