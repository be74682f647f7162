package io.meseta.runtime.cgroup;

import static io.meseta.runtime.state.Usage.UNKNOWN;

import io.meseta.runtime.state.RuntimeFault;
import io.meseta.runtime.state.RuntimeFault.Kind;
import io.meseta.runtime.state.Usage;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The control group of one container, in all hierarchies, whether it is there or not.
///
/// @param path absolute below each hierarchy's mount
public record ContainerCgroup(Hierarchies hierarchies, String path) {

    private static final Duration STEP = Duration.ofMillis(5);

    public ContainerCgroup {
        if (!path.startsWith("/") || path.contains("/..")) {
            throw new IllegalArgumentException("no path of a cgroup: " + path);
        }
    }

    /// Every process in it and in the groups that it has made, as the machine counts.
    public Set<Long> processes() {
        return processes(deepestFirst());
    }

    private static Set<Long> processes(List<Path> directories) {
        var all = new TreeSet<Long>();
        for (var directory : directories) {
            for (var line : CgroupFiles.lines(directory.resolve("cgroup.procs"))) {
                long pid = CgroupFiles.parsed(line);
                if (pid > 0) all.add(pid);
            }
        }
        return all;
    }

    /// Kills whatever runs in it, also what is started meanwhile, and waits for its end.
    ///
    /// @throws RuntimeFault if something still lives after `patience`
    public void kill(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            var alive = processes();
            if (alive.isEmpty()) return;
            if (System.nanoTime() > deadline) {
                throw new RuntimeFault(
                        Kind.MACHINE, "%s processes can't be killed".formatted(alive.size()));
            }
            strike();
            Thread.sleep(STEP);
        }
    }

    private void strike() {
        freeze("FROZEN");
        try {
            if (killAtOnce()) return;
            // In a frozen group nobody can have children while we count them.
            for (long pid : processes()) {
                ProcessHandle.of(pid).ifPresent(ContainerCgroup::kill);
            }
        } finally {
            freeze("THAWED");
        }
    }

    private static void kill(ProcessHandle process) {
        if (process.pid() != ProcessHandle.current().pid()) process.destroyForcibly();
    }

    /// The kernel's own way, since 5.14, where there is a version 2 hierarchy.
    private boolean killAtOnce() {
        var unified = hierarchies.unified();
        if (unified == null) return false;
        var group = unified.resolve(path.substring(1));
        try {
            var isAllHere = Files.exists(group.resolve("cgroup.kill"));
            if (isAllHere) CgroupFiles.write(group.resolve("cgroup.kill"), "1");
            // Elsewhere there may be some that are not in it.
            return isAllHere && hierarchies.isUnified();
        } catch (IOException _) {
            return false;
        }
    }

    private void freeze(String state) {
        hierarchies
                .directory("freezer", path)
                .filter(_ -> !hierarchies.isUnified())
                .map(directory -> directory.resolve("freezer.state"))
                .filter(Files::exists)
                .ifPresent(file -> {
                    try {
                        CgroupFiles.write(file, state);
                    } catch (IOException _) {
                        // Without freezing, killing takes a round more.
                    }
                });
    }

    /// Removes it with all groups below; it must be empty. Nothing is fine.
    ///
    /// @throws RuntimeFault if the kernel keeps it beyond `patience`
    public void remove(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            var left = new ArrayList<Path>();
            for (var directory : deepestFirst()) {
                if (!removed(directory)) left.add(directory);
            }
            if (left.isEmpty()) return;
            if (System.nanoTime() > deadline) {
                throw new RuntimeFault(Kind.MACHINE, "the cgroup %s stays".formatted(left));
            }
            Thread.sleep(STEP);
        }
    }

    private static boolean removed(Path directory) {
        try {
            Files.deleteIfExists(directory);
            return true;
        } catch (NoSuchFileException _) {
            return true;
        } catch (DirectoryNotEmptyException _) {
            return false;
        } catch (IOException _) {
            return false; // EBUSY: the last process is on its way out.
        }
    }

    public boolean isThere() {
        return hierarchies.directories(path).stream().anyMatch(Files::isDirectory);
    }

    private List<Path> deepestFirst() {
        var all = new ArrayList<Path>();
        for (var top : hierarchies.directories(path)) collect(top, all);
        return all;
    }

    /// The group and those in it, the deepest first.
    private static void collect(Path group, List<Path> all) {
        try {
            if (mayHaveGroups(group)) {
                try (var below = Files.newDirectoryStream(group, ContainerCgroup::isDirectory)) {
                    for (var each : below) collect(each, all);
                }
            }
        } catch (NoSuchFileException _) {
            return;
        } catch (IOException | DirectoryIteratorException _) {
            // Something in it went while we looked.
        }
        all.add(group);
    }

    /// Nearly none has any, and a look at each of a group's many files would cost more than all
    /// else: whoever has two links, its name and its own dot, has no directory in it.
    private static boolean mayHaveGroups(Path group) throws IOException {
        return (Integer) Files.getAttribute(group, "unix:nlink") != 2;
    }

    private static boolean isDirectory(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    /// How many processes the kernel has killed in it for lack of memory.
    public long oomKills() {
        var directory = hierarchies.directory("memory", path);
        if (directory.isEmpty()) return UNKNOWN;
        var file = hierarchies.isUnified() ? "memory.events" : "memory.oom_control";
        return CgroupFiles.table(directory.get().resolve(file)).getOrDefault("oom_kill", UNKNOWN);
    }

    /// What it has used up to now.
    public Usage usage() {
        return hierarchies.isUnified() ? UnifiedUsage.of(this) : LegacyUsage.of(this);
    }

    Path file(String controller, String name) {
        return hierarchies
                .directory(controller, path)
                .map(directory -> directory.resolve(name))
                .orElse(Path.of("/nonexistent"));
    }

    /// In one hierarchy: a runtime puts them into all.
    Usage.Processes counted() {
        var groups = new ArrayList<Path>();
        hierarchies
                .directory("pids", path)
                .or(() -> hierarchies.directory("memory", path))
                .ifPresent(group -> collect(group, groups));
        return new Usage.Processes(
                processes(groups).size(), CgroupFiles.number(file("pids", "pids.current")));
    }
}
