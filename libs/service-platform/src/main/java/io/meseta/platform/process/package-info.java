/// What every process of ours tells of itself and of its machine in Mesos' manner: its log, how
/// much it logs, the machine's load and memory.
///
/// Start at [LogLevels]. Routes are the services' own: who may ask is decided there.
@NullMarked
package io.meseta.platform.process;

import org.jspecify.annotations.NullMarked;
