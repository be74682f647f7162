/// The kernel's calls that Java lacks: the one room for danger.
///
/// Start at [Directory]. No path is ever resolved from the root of the host; `openat2` keeps every
/// look-up below a directory that is already open, whatever symbolic links lie there. What is to
/// outlast a look-up is held ([HeldFile]), and shown to others by that and not by its path. File
/// systems are mounted at paths of our own only ([Mounts]). Threads give way to others
/// ([Niceness]). What to write or to mount, and whether, is decided elsewhere.
@NullMarked
package io.meseta.isolation.linux;

import org.jspecify.annotations.NullMarked;
