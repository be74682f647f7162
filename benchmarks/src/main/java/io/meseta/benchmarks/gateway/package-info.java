/// Proxies side by side: the same requests through each, in turns, in one run.
///
/// Start at [SideBySide]. Blocking sockets and nothing else, so that the load costs little and the
/// same for all.
@NullMarked
package io.meseta.benchmarks.gateway;

import org.jspecify.annotations.NullMarked;
