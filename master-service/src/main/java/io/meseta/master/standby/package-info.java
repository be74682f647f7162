/// What this master does while another leads: it follows the journal, so that it can take over at
/// once and answer whoever is content with a state that is a moment old.
///
/// Start at [Following]; the folding itself is the engine's [io.meseta.master.engine.Standby].
/// Nothing here decides who leads, and nothing here writes but snapshots.
@NullMarked
package io.meseta.master.standby;

import org.jspecify.annotations.NullMarked;
