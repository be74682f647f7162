/// Which masters there are, what each can read, and when the journal may hold more than before.
///
/// Start at [RollCall]. What a level means is decided in the core; here is only found out whether
/// all masters are ready for it.
@NullMarked
package io.meseta.master.levels;

import org.jspecify.annotations.NullMarked;
