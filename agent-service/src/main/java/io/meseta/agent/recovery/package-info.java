/// What the last agent process has left on this machine, taken up again.
///
/// Start at [Recovery].
@NullMarked
package io.meseta.agent.recovery;

import org.jspecify.annotations.NullMarked;
