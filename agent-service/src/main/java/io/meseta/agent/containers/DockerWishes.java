package io.meseta.agent.containers;

import io.meseta.mesos.v1.ContainerInfo;
import io.meseta.runtime.plan.Capability;
import io.meseta.runtime.plan.ContainerProcess.Rlimit;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a container of type DOCKER asks for by parameters, which are options of `docker run`: for
/// most of it the messages of the API have no other word. See [DockerParameters].
///
/// @param inMemory directories
/// @param diskWeight against others at the disks, 10 to 1,000; 0 where it does not say
/// @param processesMax 0 where it does not say, or wants no limit
/// @param shmBytes of `/dev/shm`; 0 where it does not say
/// @param isReadOnly whether it can't write to its image's files
/// @param rlimits by the kernel's names
record DockerWishes(
        List<TmpfsWish> inMemory,
        Placement placement,
        int diskWeight,
        long processesMax,
        long shmBytes,
        boolean isReadOnly,
        CapabilityWish capabilities,
        Map<String, Rlimit> rlimits) {

    static final DockerWishes NONE =
            new DockerWishes(
                    List.of(), Placement.ANY, 0, 0, 0, false, CapabilityWish.NONE, Map.of());

    /// Where on the machine it runs.
    ///
    /// @param processors such as `0-3,8`; empty: any
    /// @param memoryNodes whose memory it uses; empty: any
    record Placement(String processors, String memoryNodes) {

        static final Placement ANY = new Placement("", "");

        boolean isAny() {
            return equals(ANY);
        }
    }

    /// What it wants changed of the usual capabilities.
    ///
    /// @param isWithoutUsual whether it wants none but those that it adds
    record CapabilityWish(Set<Capability> added, Set<Capability> dropped, boolean isWithoutUsual) {

        static final CapabilityWish NONE = new CapabilityWish(Set.of(), Set.of(), false);

        CapabilityWish {
            added = Set.copyOf(added);
            dropped = Set.copyOf(dropped);
        }

        boolean isNone() {
            return equals(NONE);
        }

        /// What becomes of the usual ones. What is both dropped and added stays, as with Docker.
        Set<Capability> of(Set<Capability> usual) {
            var wanted = EnumSet.noneOf(Capability.class);
            if (!isWithoutUsual) wanted.addAll(usual);
            wanted.removeAll(dropped);
            wanted.addAll(added);
            return wanted;
        }
    }

    DockerWishes {
        inMemory = List.copyOf(inMemory);
        rlimits = Collections.unmodifiableMap(new LinkedHashMap<>(rlimits));
    }

    /// @throws IllegalArgumentException that names the parameter, with a reason for people
    static DockerWishes of(ContainerInfo container) {
        boolean isDocker = container.hasType() && container.getType() == ContainerInfo.Type.DOCKER;
        return isDocker && container.getDocker().getParametersCount() > 0
                ? DockerParameters.read(container.getDocker().getParametersList())
                : NONE;
    }
}
