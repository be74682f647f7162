package io.meseta.launcher.doctor;

import io.meseta.runtime.doctor.Finding;
import io.meseta.runtime.doctor.Finding.Weight;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// What the kernel and the disk have, good or bad: a container can do without any of it.
final class HostFeatures {

    static final String KERNEL = "kernel";

    private static final String DISK = "disk";
    private static final Set<String> QUOTAS = Set.of("prjquota", "pquota");

    private HostFeatures() {}

    /// @param data where sandboxes would lie
    static List<Finding> of(HostFiles files, Path data) {
        return List.of(overlays(files), filters(files), users(files), quota(files, data));
    }

    private static Finding overlays(HostFiles files) {
        return files.text("proc/filesystems").contains("\toverlay\n")
                ? good(KERNEL, "images are overlaid, their layers shared")
                : new Finding(
                        KERNEL,
                        Weight.LIMIT,
                        "overlays are not loaded; images are copied instead",
                        "modprobe overlay");
    }

    private static Finding filters(HostFiles files) {
        return files.has("proc/sys/kernel/seccomp/actions_avail")
                ? good(KERNEL, "system calls are filtered (seccomp)")
                : limit(KERNEL, "system calls can't be filtered: there is no seccomp");
    }

    private static Finding users(HostFiles files) {
        boolean isThere =
                files.has("proc/self/ns/user")
                        && !files.text("proc/sys/user/max_user_namespaces").strip().equals("0");
        return isThere
                ? good(KERNEL, "there are user namespaces")
                : limit(KERNEL, "there are no user namespaces");
    }

    private record Mounted(Path at, String type, List<String> options) {}

    private static Finding quota(HostFiles files, Path data) {
        var mounted =
                files.text("proc/self/mounts")
                        .lines()
                        .map(line -> line.split(" ", -1))
                        .filter(words -> words.length > 3 && words[1].startsWith("/"))
                        .map(words ->
                                new Mounted(
                                        Path.of(words[1].replace("\\040", " ")),
                                        words[2],
                                        List.of(words[3].split(",", -1))))
                        .filter(mount -> data.startsWith(mount.at()))
                        .max(Comparator.comparingInt(mount -> mount.at().getNameCount()));
        var type = mounted.map(Mounted::type).orElse("an unknown file system");
        if (!type.equals("xfs"))
            return limit(
                    DISK,
                    "%s lies on %s: what sandboxes take is watched, and no quota of XFS"
                            .formatted(data, type));
        return mounted.get().options().stream().anyMatch(QUOTAS::contains)
                ? good(DISK, "%s lies on XFS with quotas of projects".formatted(data))
                : limit(
                        DISK,
                        "%s lies on XFS that was mounted without the option prjquota"
                                .formatted(data));
    }

    private static Finding good(String topic, String text) {
        return new Finding(topic, Weight.GOOD, text, null);
    }

    private static Finding limit(String topic, String text) {
        return new Finding(topic, Weight.LIMIT, text, null);
    }
}
