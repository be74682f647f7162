/// What the shell must do about what has happened.
///
/// Start at [Effects]. It reads states and events and changes neither.
@NullMarked
package io.meseta.master.core.cluster.effect;

import org.jspecify.annotations.NullMarked;
