/// From what should be and what is, to what is to be done next.
///
/// Start at [Steps#between]. It looks at the whole each time and takes no other input, so it may
/// run after every change, after a restart, and once more for good measure.
@NullMarked
package io.meseta.agent.core.step;

import org.jspecify.annotations.NullMarked;
