/// Services as processes of their own, for measurements of several of them together.
///
/// Start at [OpenService].
@NullMarked
package io.meseta.benchmarks.services;

import org.jspecify.annotations.NullMarked;
