/// Our own REST for how roles share: what they lend of what they are guaranteed.
///
/// Start at [SharingController].
@NullMarked
package io.meseta.master.sharing;

import org.jspecify.annotations.NullMarked;
