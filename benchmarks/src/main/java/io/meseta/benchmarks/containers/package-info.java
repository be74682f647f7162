/// One agent and its containers: how long a launch takes, how many short ones it does in a second,
/// what many that run cost it, and how fast it finds them again.
///
/// Start at [ContainerFigures]. Needs root and a container runtime; compares with the runtime's own
/// time, and with Debian's `podman` where that is installed.
@NullMarked
package io.meseta.benchmarks.containers;

import org.jspecify.annotations.NullMarked;
