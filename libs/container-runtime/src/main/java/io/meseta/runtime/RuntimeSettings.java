package io.meseta.runtime;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// How containers are run on this machine.
///
/// @param directory of what is known about containers; outlives this process, and nobody else may
///   write there. Better not on a disk that survives the machine's restart, such as `/run/…`
/// @param roots where the roots of containers with users of their own are mounted, each for its own
///   users only; everybody must be able to pass all directories above it
/// @param cgroupParent below which containers get their cgroups, absolute: `/meseta`
/// @param runtimes names or paths of OCI runtimes, the preferred first; the first that works is
///   used
/// @param monitor name or path of `conmon`
/// @param acceptedFlaws identifiers of known flaws that do not matter here, such as
///   `CVE-2024-21626`
/// @param patience how long one step may take, such as the runtime's `create`
public record RuntimeSettings(
        Path directory,
        Path roots,
        String cgroupParent,
        List<String> runtimes,
        String monitor,
        Set<String> acceptedFlaws,
        Duration patience) {

    public RuntimeSettings {
        runtimes = List.copyOf(runtimes);
        acceptedFlaws = Set.copyOf(acceptedFlaws);
        for (var each : List.of(directory, roots)) {
            if (!each.isAbsolute()) {
                throw new IllegalArgumentException(
                        "the directory %s is not absolute".formatted(each));
            }
        }
        if (!cgroupParent.matches("(/[A-Za-z0-9_.-]+)+") || cgroupParent.contains("/.")) {
            throw new IllegalArgumentException("no parent for cgroups: " + cgroupParent);
        }
        if (runtimes.isEmpty()) throw new IllegalArgumentException("no runtime to choose from");
    }

    /// What suits most machines: `crun`, else `runc`, under `conmon`.
    public static RuntimeSettings in(Path directory) {
        return new RuntimeSettings(
                directory,
                directory.resolve("roots"),
                "/meseta",
                List.of("crun", "runc"),
                "conmon",
                Set.of(),
                Duration.ofSeconds(30));
    }

    public RuntimeSettings choosing(String... runtimes) {
        return new RuntimeSettings(
                directory,
                roots,
                cgroupParent,
                List.of(runtimes),
                monitor,
                acceptedFlaws,
                patience);
    }

    public RuntimeSettings below(String cgroupParent) {
        return new RuntimeSettings(
                directory, roots, cgroupParent, runtimes, monitor, acceptedFlaws, patience);
    }

    public RuntimeSettings accepting(Set<String> flaws) {
        return new RuntimeSettings(
                directory, roots, cgroupParent, runtimes, monitor, flaws, patience);
    }

    public RuntimeSettings mounting(Path roots) {
        return new RuntimeSettings(
                directory, roots, cgroupParent, runtimes, monitor, acceptedFlaws, patience);
    }
}
