/// Our own REST for preemptions: which tasks have had to end, and for whom.
///
/// Start at [PreemptionsController]. It reads what the core has recorded; nothing is decided here.
@NullMarked
package io.meseta.master.preemptions;

import org.jspecify.annotations.NullMarked;
