package io.meseta.runtime.oci;

import io.meseta.runtime.plan.ContainerId;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/// What a plan does not say, and an OCI runtime has to be told.
///
/// @param root where the root file system is, mounted or to be
/// @param containers where what is known of containers lies
/// @param cgroup absolute below the hierarchies
/// @param isUnified whether limits are version 2's
/// @param canLimitSwap whether the kernel keeps count of swap
/// @param processes the first processes of the containers whose namespaces are shared
record Surroundings(
        ContainerId id,
        Path root,
        Path containers,
        String cgroup,
        boolean isUnified,
        boolean canLimitSwap,
        Map<ContainerId, Long> processes) {

    Surroundings {
        processes = Map.copyOf(processes);
    }

    /// Where the shared memory of a container is mounted.
    Path shm(ContainerId container) {
        return containers.resolve(container.value()).resolve("shm");
    }

    long process(ContainerId container) {
        return Objects.requireNonNull(processes.get(container), container::value);
    }
}
