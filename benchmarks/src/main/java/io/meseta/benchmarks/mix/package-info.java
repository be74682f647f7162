/// Frameworks like Marathon, Jenkins and Spark, all at once, on a master over HTTP.
///
/// Start at [Mix].
@NullMarked
package io.meseta.benchmarks.mix;

import org.jspecify.annotations.NullMarked;
