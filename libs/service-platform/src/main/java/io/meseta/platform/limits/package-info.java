/// How often secrets may be guessed.
///
/// Start at [GuessLimits].
@NullMarked
package io.meseta.platform.limits;

import org.jspecify.annotations.NullMarked;
