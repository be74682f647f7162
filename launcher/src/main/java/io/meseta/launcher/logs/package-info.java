/// Log files of the children: kept within a bound, and read while they grow.
///
/// It knows files only, no services and no processes.
@NullMarked
package io.meseta.launcher.logs;

import org.jspecify.annotations.NullMarked;
