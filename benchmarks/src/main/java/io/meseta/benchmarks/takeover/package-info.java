/// How long a cluster is without offers when its leading master is killed, stopped or paused.
///
/// Start at [Takeover]: real masters as processes on one PostgreSQL, and this process in place of
/// all agents and one framework.
@NullMarked
package io.meseta.benchmarks.takeover;

import org.jspecify.annotations.NullMarked;
