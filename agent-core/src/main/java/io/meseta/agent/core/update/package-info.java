/// What is said of a task, and the promise that it is heard: in order, again and again, until
/// acknowledged.
///
/// Start at [UpdateStream].
@NullMarked
package io.meseta.agent.core.update;

import org.jspecify.annotations.NullMarked;
