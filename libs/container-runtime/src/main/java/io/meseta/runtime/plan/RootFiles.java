package io.meseta.runtime.plan;

import java.util.List;

/// What the container sees as `/`, and what of it is kept from it.
///
/// @param masked paths that show nothing: files are empty, directories too
/// @param readOnlyPaths paths that can't be written to
/// @param shmBytes size of `/dev/shm`, where the container has one of its own; the memory used
///   counts against its limit
public record RootFiles(
        Root root,
        boolean isReadOnly,
        List<String> masked,
        List<String> readOnlyPaths,
        long shmBytes) {

    /// What of the kernel a container has no business to read.
    public static final List<String> STANDARD_MASKED =
            List.of(
                    "/proc/acpi",
                    "/proc/asound",
                    "/proc/interrupts",
                    "/proc/kcore",
                    "/proc/keys",
                    "/proc/latency_stats",
                    "/proc/sched_debug",
                    "/proc/scsi",
                    "/proc/timer_list",
                    "/proc/timer_stats",
                    "/sys/devices/virtual/powercap",
                    "/sys/firmware");

    /// What of the kernel a container may read and not write.
    public static final List<String> STANDARD_READ_ONLY =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    private static final long SHM_BYTES = 64L << 20;

    public RootFiles {
        masked = List.copyOf(masked);
        readOnlyPaths = List.copyOf(readOnlyPaths);
        for (var path : masked) Checks.inContainer(path, "a masked path");
        for (var path : readOnlyPaths) Checks.inContainer(path, "a read-only path");
        Checks.require(shmBytes > 0, "/dev/shm of %s bytes", shmBytes);
    }

    /// Can be written to, with the usual protection and 64 MiB of `/dev/shm`.
    public static RootFiles of(Root root) {
        return new RootFiles(root, false, STANDARD_MASKED, STANDARD_READ_ONLY, SHM_BYTES);
    }

    public RootFiles readOnly() {
        return new RootFiles(root, true, masked, readOnlyPaths, shmBytes);
    }

    public RootFiles unmasked() {
        return new RootFiles(root, isReadOnly, List.of(), List.of(), shmBytes);
    }

    public RootFiles sharing(long shmBytes) {
        return new RootFiles(root, isReadOnly, masked, readOnlyPaths, shmBytes);
    }
}
