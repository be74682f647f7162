/// What this machine can do for a cluster's containers, without a cluster.
///
/// Start at [DoctorCommand]; `up` asks [ContainerAdvice]. What is found out about runtimes is found
/// out in `container-runtime`, for agents and for us alike.
@NullMarked
package io.meseta.launcher.doctor;

import org.jspecify.annotations.NullMarked;
