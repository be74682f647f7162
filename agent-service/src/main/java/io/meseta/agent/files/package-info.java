/// Reading what tasks have written: listings, pieces of files, whole files.
///
/// Start at [SandboxFiles]. Paths come from strangers, and sandboxes are full of what strangers
/// have made: nothing outside of a sandbox is ever opened.
@NullMarked
package io.meseta.agent.files;

import org.jspecify.annotations.NullMarked;
