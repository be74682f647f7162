/// What goes wrong in a storm, beside what the network and the journal do by themselves.
///
/// Start at [Mischief].
@NullMarked
package io.meseta.simulator.mischief;

import org.jspecify.annotations.NullMarked;
