/// Parsers that are fed whatever bytes come: in each build with the inputs that were kept and with
/// some that chance has changed, and by a fuzzer that follows coverage for as long as one likes.
///
/// Start at [Fuzz]. Nothing here knows any parser.
@NullMarked
package io.meseta.testkit.fuzz;

import org.jspecify.annotations.NullMarked;
