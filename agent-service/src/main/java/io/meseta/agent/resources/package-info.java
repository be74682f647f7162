/// What this machine has to offer, as it was told or as it finds out itself.
///
/// Start at [MachineResources].
@NullMarked
package io.meseta.agent.resources;

import org.jspecify.annotations.NullMarked;
