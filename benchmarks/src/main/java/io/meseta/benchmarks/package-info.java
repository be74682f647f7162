/// What is measured, and how it is asked for.
@NullMarked
package io.meseta.benchmarks;

import org.jspecify.annotations.NullMarked;
