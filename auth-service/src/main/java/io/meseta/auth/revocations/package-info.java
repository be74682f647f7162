/// What is no longer good before it expires by itself.
///
/// Start at [Revocations].
@NullMarked
package io.meseta.auth.revocations;

import org.jspecify.annotations.NullMarked;
