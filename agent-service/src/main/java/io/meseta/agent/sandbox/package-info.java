/// The directories that tasks run in: made, found again, and deleted when their time has come.
///
/// Start at [Sandboxes].
@NullMarked
package io.meseta.agent.sandbox;

import org.jspecify.annotations.NullMarked;
