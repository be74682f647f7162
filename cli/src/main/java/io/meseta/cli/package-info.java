/// The command line: runs a task and watches it, lists tasks, kills them, shows what they wrote.
///
/// Start at [Meseta]. It knows the cluster through `libs/client` and the public API only, and it
/// starts fast: no Spring, nothing that is not needed for the command at hand.
@NullMarked
package io.meseta.cli;

import org.jspecify.annotations.NullMarked;
