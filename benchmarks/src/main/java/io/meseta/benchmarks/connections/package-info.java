/// How many agents one master holds, and what each of them costs it.
///
/// Start at [Connections], with real connections to a master that is a process of its own; or at
/// [InProcess], with more of them than a process may have descriptors.
@NullMarked
package io.meseta.benchmarks.connections;

import org.jspecify.annotations.NullMarked;
