/// How often a wrong secret may be tried.
///
/// Start at [Attempts].
@NullMarked
package io.meseta.auth.limits;

import org.jspecify.annotations.NullMarked;
