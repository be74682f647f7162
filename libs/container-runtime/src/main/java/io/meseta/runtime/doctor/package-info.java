/// What this machine can and can't do for containers, and the one command that would mend it.
///
/// Start at [HostReport#of].
@NullMarked
package io.meseta.runtime.doctor;

import org.jspecify.annotations.NullMarked;
