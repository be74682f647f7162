/// The same resources offered to several frameworks at once, of which the first that accepts has
/// them.
///
/// Start at [Rivalry]. Which offers are copies of which is kept with the offers.
@NullMarked
package io.meseta.master.core.contest;

import org.jspecify.annotations.NullMarked;
