/// The first start: the first administrator, the first secrets, the first key, from files.
///
/// Start at [Bootstrap].
@NullMarked
package io.meseta.auth.bootstrap;

import org.jspecify.annotations.NullMarked;
