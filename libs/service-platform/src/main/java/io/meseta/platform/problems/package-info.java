/// How a refusal looks: problem details (RFC 9457) on our own routes, one plain line elsewhere.
///
/// Start at [Problem]. The Mesos routes word their refusals themselves; what reaches this room from
/// them is only what no controller answered.
@NullMarked
package io.meseta.platform.problems;

import org.jspecify.annotations.NullMarked;
