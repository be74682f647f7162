/// The newest bundle: how it comes here, is checked, kept over restarts, and handed to all who ask.
///
/// Start at [CurrentBundle]. What a bundle says of callers is read in `identity`, what it allows in
/// `access`; nothing is decided here.
@NullMarked
package io.meseta.platform.bundles;

import org.jspecify.annotations.NullMarked;
