/// Open mode: what keeps a service without authentication to its own machine.
///
/// Start at [OpenModeConfiguration]. Credentials are not looked at here, and in open mode nowhere.
@NullMarked
package io.meseta.platform.open;

import org.jspecify.annotations.NullMarked;
