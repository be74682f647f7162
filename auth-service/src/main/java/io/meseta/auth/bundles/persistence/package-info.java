/// Reads what a bundle is made of, all of it as of one moment, and hears of changes.
///
/// Start at [BundleWatch].
@NullMarked
package io.meseta.auth.bundles.persistence;

import org.jspecify.annotations.NullMarked;
