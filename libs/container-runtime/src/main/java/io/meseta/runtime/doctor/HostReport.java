package io.meseta.runtime.doctor;

import io.meseta.runtime.RuntimeSettings;
import io.meseta.runtime.cgroup.Hierarchies;
import io.meseta.runtime.doctor.Finding.Weight;
import io.meseta.runtime.oci.Trials;
import io.meseta.runtime.oci.Trials.Candidate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// What a machine can do for containers, found out by trying where that is possible.
public record HostReport(List<Finding> findings) {

    private static final List<String> CONTROLLERS =
            List.of("cpu", "cpuset", "devices", "hugetlb", "io", "memory", "pids");

    public HostReport {
        findings = List.copyOf(findings);
    }

    /// Looks at this machine; runs a container or two, and leaves nothing behind.
    public static HostReport of(RuntimeSettings settings) throws InterruptedException {
        var findings = new ArrayList<Finding>();
        var isRoot = "root".equals(System.getProperty("user.name"));
        if (isRoot) {
            runtimes(Trials.of(settings), findings);
        } else {
            findings.add(
                    new Finding(
                            "rights",
                            Weight.FATAL,
                            "containers are made by root, and this is somebody else",
                            null));
        }
        cgroups(Hierarchies.read(), findings);
        kernel(findings);
        return new HostReport(findings);
    }

    /// Whether containers can be run at all.
    public boolean isAble() {
        return findings.stream().noneMatch(finding -> finding.weight() == Weight.FATAL);
    }

    /// The one command that would make it able; empty where it is, or no command would.
    public Optional<String> remedy() {
        return findings.stream()
                .filter(finding -> finding.weight() == Weight.FATAL)
                .flatMap(finding -> Optional.ofNullable(finding.remedy()).stream())
                .findFirst();
    }

    private static void runtimes(Trials trials, List<Finding> findings) {
        var monitor = trials.monitor();
        var all = new ArrayList<>(trials.all());
        all.addFirst(monitor);
        for (var candidate : all) {
            for (var flaw : candidate.flaws()) {
                if (flaw.matters()) continue;
                findings.add(
                        Finding.limit(
                                candidate.name(),
                                "%s has %s, mended in %s, of no use here: %s"
                                        .formatted(
                                                candidate.name(),
                                                flaw.id(),
                                                flaw.fixedIn(),
                                                flaw.what())));
            }
        }
        var chosen = trials.all().stream().filter(Candidate::works).findFirst();
        for (var candidate : trials.all()) {
            if (candidate.works()) continue;
            var text = "%s does not work: %s".formatted(candidate.name(), candidate.trouble());
            if (chosen.isPresent()) findings.add(Finding.limit("runtime", text));
        }
        if (chosen.isPresent()) {
            findings.add(
                    Finding.good(
                            "runtime",
                            "%s under %s runs containers"
                                    .formatted(chosen.get().program(), monitor.program())));
        } else {
            var isMissing = all.stream().anyMatch(each -> each.program() == null);
            var remedy = isMissing ? Installing.command(monitor, trials.all()) : null;
            findings.add(new Finding("runtime", Weight.FATAL, trials.summary(), remedy));
        }
    }

    private static void cgroups(Hierarchies hierarchies, List<Finding> findings) {
        var version =
                switch (hierarchies.version()) {
                    case NONE -> "no cgroups are mounted";
                    case LEGACY -> "cgroups are of version 1";
                    case HYBRID -> "cgroups are of both versions, limits those of version 1";
                    case UNIFIED -> "cgroups are of version 2";
                };
        var isThere = hierarchies.version() != Hierarchies.Version.NONE;
        findings.add(new Finding("cgroups", isThere ? Weight.GOOD : Weight.FATAL, version, null));
        var missing = new TreeSet<>(CONTROLLERS);
        missing.removeAll(hierarchies.limitable());
        for (var controller : missing) {
            findings.add(Finding.limit("cgroups", "there are no limits of " + controller));
        }
        if (!hierarchies.isSwapLimitable() && Hierarchies.hasSwap()) {
            findings.add(Finding.limit("cgroups", "there is swap, and no limit of it"));
        }
        if (!hierarchies.isIoWeighable()) {
            findings.add(Finding.limit("cgroups", "disks can't be weighed"));
        }
    }

    private static void kernel(List<Finding> findings) {
        if (!Files.exists(Path.of("/proc/sys/kernel/seccomp/actions_avail"))) {
            findings.add(Finding.limit("kernel", "system calls can't be filtered"));
        }
        if (!text("/proc/filesystems").contains("\toverlay\n")) {
            findings.add(
                    new Finding(
                            "kernel",
                            Weight.LIMIT,
                            "overlays are not loaded; images are copied instead",
                            "modprobe overlay"));
        }
        if (text("/proc/sys/user/max_user_namespaces").strip().equals("0")) {
            findings.add(Finding.limit("kernel", "there are no user namespaces"));
        }
    }

    private static String text(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException _) {
            return "";
        }
    }
}
