/// What was recorded of a running Mesos, said again to a server of ours.
///
/// Start at [Replay]; what is known to differ, and why, is the test's own list ([Differences]). The
/// recordings lie beside the repository or nowhere: nothing of them is kept in it.
@NullMarked
package io.meseta.testkit.corpus;

import org.jspecify.annotations.NullMarked;
