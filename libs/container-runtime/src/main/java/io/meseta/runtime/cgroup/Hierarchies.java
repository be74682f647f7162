package io.meseta.runtime.cgroup;

import io.meseta.runtime.plan.Limits;
import io.meseta.runtime.state.RuntimeFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Where this machine has its control groups.
///
/// @param unified where version 2 is mounted; null: nowhere
/// @param controllers of version 1, and where each is mounted; `name=systemd` is one of them
public record Hierarchies(@Nullable Path unified, SortedMap<String, Path> controllers) {

    /// How the two versions are mixed.
    public enum Version {
        /// Nothing is mounted.
        NONE,
        /// Version 1 only.
        LEGACY,
        /// Both: limits are version 1's.
        HYBRID,
        /// Version 2 only.
        UNIFIED
    }

    private static final Set<String> NO_CONTROLLERS =
            Set.of("rw", "ro", "xattr", "clone_children", "noprefix", "relatime");

    public Hierarchies {
        controllers = Collections.unmodifiableSortedMap(new TreeMap<>(controllers));
    }

    /// Reads what is mounted in this process' view.
    public static Hierarchies read() {
        try {
            return of(Files.readAllLines(Path.of("/proc/self/mountinfo")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// @param mountinfo lines as in `/proc/self/mountinfo`
    static Hierarchies of(List<String> mountinfo) {
        Path unified = null;
        var controllers = new TreeMap<String, Path>();
        for (var line : mountinfo) {
            var halves = line.split(" - ", 2);
            if (halves.length < 2) continue;
            var before = halves[0].split(" ", -1);
            var after = halves[1].split(" ", -1);
            if (before.length < 5 || after.length < 3) continue;
            var place = Path.of(before[4].replace("\\040", " "));
            if (after[0].equals("cgroup2") && unified == null) unified = place;
            if (!after[0].equals("cgroup")) continue;
            for (var option : after[2].split(",", -1)) {
                var isController = !NO_CONTROLLERS.contains(option) && !option.contains("agent=");
                if (isController) controllers.putIfAbsent(option, place);
            }
        }
        return new Hierarchies(unified, controllers);
    }

    public Version version() {
        if (controllers.isEmpty()) return unified == null ? Version.NONE : Version.UNIFIED;
        return unified == null ? Version.LEGACY : Version.HYBRID;
    }

    public boolean isUnified() {
        return version() == Version.UNIFIED;
    }

    /// Where a controller's files of the group at `path` lie; empty where the machine lacks it.
    Optional<Path> directory(String controller, String path) {
        if (isUnified()) return Optional.ofNullable(unified).map(each -> below(each, path));
        return Optional.ofNullable(controllers.get(controller)).map(each -> below(each, path));
    }

    /// Every directory that the group at `path` can have, each once.
    Collection<Path> directories(String path) {
        var all = new TreeSet<Path>();
        for (var place : controllers.values()) all.add(below(place, path));
        if (unified != null) all.add(below(unified, path));
        return all;
    }

    /// What can be limited, by the names of version 2: `cpu`, `memory`, `pids`, `io`, `cpuset`,
    /// `hugetlb`.
    public Set<String> limitable() {
        var names = new TreeSet<String>();
        if (isUnified() && unified != null) {
            CgroupFiles.text(unified.resolve("cgroup.controllers"))
                    .filter(text -> !text.isEmpty())
                    .ifPresent(text -> Collections.addAll(names, text.split(" ", -1)));
            names.add("devices"); // By programs in the kernel, where there is no controller.
        } else {
            names.addAll(controllers.keySet());
            if (names.remove("blkio")) names.add("io");
        }
        names.removeIf(name -> name.startsWith("name="));
        return names;
    }

    /// Whether swap can be limited.
    public boolean isSwapLimitable() {
        var memory = controllers.get("memory");
        if (memory != null) return Files.exists(memory.resolve("memory.memsw.limit_in_bytes"));
        // The root group of version 2 has no such file; any kernel since 4.5 has it below.
        return isUnified()
                && limitable().contains("memory")
                && Files.exists(Path.of("/proc/swaps"));
    }

    /// Whether weights of disks do something.
    public boolean isIoWeighable() {
        var blkio = controllers.get("blkio");
        if (blkio == null) {
            // Groups have a weight where the kernel has this at the top, which has none itself.
            return isUnified() && unified != null && Files.exists(unified.resolve("io.cost.qos"));
        }
        return Files.exists(blkio.resolve("blkio.weight"))
                || Files.exists(blkio.resolve("blkio.bfq.weight"));
    }

    /// Refuses limits that this machine would not hold, instead of running without them.
    ///
    /// @throws RuntimeFault `UNSUPPORTED`
    public void require(Limits limits) {
        var names = limitable();
        var cpu = limits.cpu();
        needed(cpu.shares() != 0 || cpu.quotaMicros() != 0, "cpu", names);
        needed(!cpu.cpus().isEmpty() || !cpu.memoryNodes().isEmpty(), "cpuset", names);
        needed(limits.memory().hard() != 0 || limits.memory().soft() != 0, "memory", names);
        needed(limits.processesMax() != 0, "pids", names);
        needed(!limits.hugePages().isEmpty(), "hugetlb", names);
        if (limits.ioWeight() != 0 && !isIoWeighable()) throw refused("weights of disks");
        var wantsSwap = limits.memory().swap() != 0;
        if (wantsSwap && !isSwapLimitable() && hasSwap()) throw refused("limits of swap");
    }

    /// Whether this machine has any swap.
    public static boolean hasSwap() {
        return CgroupFiles.lines(Path.of("/proc/swaps")).size() > 1;
    }

    private static void needed(boolean isWanted, String controller, Set<String> names) {
        if (isWanted && !names.contains(controller)) throw refused("limits of " + controller);
    }

    private static RuntimeFault refused(String what) {
        return new RuntimeFault(
                RuntimeFault.Kind.UNSUPPORTED, "this machine's cgroups have no " + what);
    }

    private static Path below(Path place, String path) {
        return place.resolve(path.substring(1));
    }
}
