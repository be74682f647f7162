/// The keys that sign tokens and bundles, and how one follows another.
///
/// Start at [KeyRing]. Private halves leave the database sealed only.
@NullMarked
package io.meseta.auth.keys;

import org.jspecify.annotations.NullMarked;
