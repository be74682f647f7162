package io.meseta.agent.containers;

import io.meseta.runtime.plan.Capability;
import io.meseta.runtime.plan.Device;
import io.meseta.runtime.plan.Privileges;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What tasks may ask of this machine, and what they get without asking.
///
/// @param hostPaths the directories of this machine of which tasks may be shown parts
/// @param devices that each container has, beyond those that all need
/// @param moreCapabilities that tasks may have besides the standard ones
/// @param isUnconfinedAllowed whether tasks may do without seccomp and be privileged, and share the
///   machine's view of processes and shared memory
/// @param seccomp where operators' seccomp profiles lie, in the OCI form; empty for none
public record ContainerBounds(
        Shares shares,
        List<Path> hostPaths,
        List<Device> devices,
        Set<Capability> moreCapabilities,
        boolean isUnconfinedAllowed,
        String seccomp) {

    /// As they are for whoever sets nothing.
    public static final ContainerBounds USUAL =
            new ContainerBounds(Shares.USUAL, List.of(), List.of(), Set.of(), false, "");

    /// How much of the machine each may have.
    ///
    /// @param isCpuHard whether a task that names no limit gets no more processor time than it has
    ///   asked for, also while nobody else wants it
    /// @param isSwapKept whether tasks with a limit of memory get no swap
    /// @param processesMax processes and threads of each; 0 for no limit
    /// @param shmBytes of `/dev/shm` where a task does not say
    /// @param isPinningAllowed whether tasks may choose the processors and nodes they run on
    /// @param diskWeightMax the highest weight at the disks that tasks may ask for, 10 to 1,000; 0
    ///   if they may not
    public record Shares(
            boolean isCpuHard,
            boolean isSwapKept,
            long processesMax,
            long shmBytes,
            boolean isPinningAllowed,
            int diskWeightMax) {

        public static final Shares USUAL = new Shares(false, false, 0, 64L << 20, false, 0);

        public Shares {
            if (processesMax < 0 || shmBytes <= 0)
                throw new IllegalArgumentException(
                        "processes-max and shm-size must not be negative");
            if (diskWeightMax != 0 && (diskWeightMax < 10 || diskWeightMax > 1000))
                throw new IllegalArgumentException(
                        "disk-weight-max: 10 to 1000, or 0 for none; not " + diskWeightMax);
        }
    }

    public ContainerBounds {
        hostPaths = List.copyOf(hostPaths);
        devices = List.copyOf(devices);
        moreCapabilities = Set.copyOf(moreCapabilities);
        for (var path : hostPaths)
            if (!path.isAbsolute())
                throw new IllegalArgumentException("host-paths: " + path + " is not absolute");
    }

    /// All that a task may have.
    Set<Capability> capabilities() {
        var all = EnumSet.noneOf(Capability.class);
        all.addAll(Privileges.STANDARD_CAPABILITIES);
        all.addAll(moreCapabilities);
        return all;
    }

    /// Reads `NET_ADMIN`, with or without `CAP_`; empty for no such capability.
    public static Optional<Capability> capability(String name) {
        var upper = name.strip().toUpperCase(Locale.ROOT);
        var plain = upper.startsWith("CAP_") ? upper.substring("CAP_".length()) : upper;
        try {
            return Optional.of(Capability.valueOf(plain));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
