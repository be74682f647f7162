/// The kernel's calls that act relative to an open directory: this module's one room for danger.
///
/// Start at [Directory]. No path is ever resolved from the root of the host; `openat2` keeps every
/// look-up below a directory that is already open, whatever symbolic links lie there. What is to
/// outlast a look-up is held ([HeldFile]), and shown to others by that and not by its path. What to
/// write, and whether, is decided elsewhere.
@NullMarked
package io.meseta.images.isolation.linux;

import org.jspecify.annotations.NullMarked;
