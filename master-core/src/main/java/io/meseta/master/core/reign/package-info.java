/// One leadership after the other: who leads, on which terms, and which ids it gives.
///
/// Start at [Reign].
@NullMarked
package io.meseta.master.core.reign;

import org.jspecify.annotations.NullMarked;
