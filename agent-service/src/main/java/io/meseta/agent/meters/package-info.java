/// What monitoring systems are shown of containers, beside what the API shows of them.
///
/// Start at [ContainerMeters]. Whom a container belongs to is known by whoever hands it in.
@NullMarked
package io.meseta.agent.meters;

import org.jspecify.annotations.NullMarked;
