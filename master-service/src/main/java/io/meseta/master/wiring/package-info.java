/// All of Spring's assembly of the master, and the settings it is assembled from.
///
/// Start at [JournalWiring] and [LeadershipWiring]. Each of the other rooms brings one
/// configuration of its own, which [Rooms] finds. Nothing here decides anything.
@NullMarked
package io.meseta.master.wiring;

import org.jspecify.annotations.NullMarked;
