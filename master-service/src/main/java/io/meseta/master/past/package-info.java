/// The cluster as it was: states made again from the journal.
///
/// Start at [PastStates]. Nothing here decides anything, and nothing here is kept for long: a past
/// state takes as much memory as the present one.
@NullMarked
package io.meseta.master.past;

import org.jspecify.annotations.NullMarked;
