/// The bundle: made of all that is known, signed, and pushed to whoever waits for it.
///
/// Start at [BundleContent], then [Publication].
@NullMarked
package io.meseta.auth.bundles;

import org.jspecify.annotations.NullMarked;
