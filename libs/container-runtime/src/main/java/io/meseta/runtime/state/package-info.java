/// What is: how a container stands, how it ended, what it has used, and what went wrong.
///
/// Start at [ContainerState].
@NullMarked
package io.meseta.runtime.state;

import org.jspecify.annotations.NullMarked;
