/// Who this master says it is: its address, its version, its settings by their Mesos names.
///
/// Start at [Self]. What the master knows of others is elsewhere.
@NullMarked
package io.meseta.master.about;

import org.jspecify.annotations.NullMarked;
