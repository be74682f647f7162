/// Our own REST that says why something is not offered: for a framework, a role, or a demand that
/// somebody describes, every reason on every agent, and what would change it.
///
/// Start at [ExplainController]. Whoever asks is told what it may see; the rest is counted.
@NullMarked
package io.meseta.master.explain;

import org.jspecify.annotations.NullMarked;
