/// The one door of a cluster: it knows who calls, and passes them on to who answers.
///
/// Start at [Gateway], then `routes`, where the whole map is visible. Cut by step on the road:
///
/// ```
/// request → door → routes → sessions ─→ masters ──→ forwarding → whoever answers
///                                   └→ services ┘
///                            catalogue (who runs what) ↗
/// ```
@NullMarked
package io.meseta.gateway;

import org.jspecify.annotations.NullMarked;
