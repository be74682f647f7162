/// The master as a process.
///
/// Start at [MasterService]; the rooms below it are features, and `wiring` puts them together.
@NullMarked
package io.meseta.master;

import org.jspecify.annotations.NullMarked;
