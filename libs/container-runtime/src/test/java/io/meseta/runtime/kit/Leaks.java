package io.meseta.runtime.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is on the machine that containers can leave behind: mounts, cgroups, processes, descriptors
/// of this process, files. Taken before a test, and held against what is there after it.
///
/// @param marker a text that command lines and mounts of the test's containers have, and no others
public record Leaks(
        String marker,
        Path directory,
        Set<String> mounts,
        Set<String> cgroups,
        Descriptors descriptors) {

    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

    /// @param directory of the runtime; only its own bookkeeping may stay in it
    /// @param cgroup the last part of the name that all its cgroups lie below
    public static Leaks before(Path directory, String cgroup) {
        return new Leaks(cgroup, directory, mounts(directory), cgroups(cgroup), Descriptors.open());
    }

    /// Fails with whatever is there now and was not before.
    public void assertNone() {
        assertThat(mounts(directory)).as("mounts").isEqualTo(mounts);
        assertThat(cgroups(marker)).as("cgroups").isEqualTo(cgroups);
        assertThat(alive()).as("processes").isEmpty();
        assertThat(files()).as("files").isEmpty();
        assertThat(descriptors.since()).as("descriptors").isEmpty();
    }

    private static Set<String> mounts(Path directory) {
        try (var lines = Files.lines(Path.of("/proc/self/mountinfo"))) {
            return lines.filter(line -> line.contains(directory.toString()))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// All groups of containers now, of whatever hierarchy.
    ///
    /// @param name the last part of the name that they lie below
    public static Set<String> cgroups(String name) {
        try (var all = Files.find(CGROUPS, 6, (path, _) -> isBelow(path, name))) {
            return all.map(Path::toString).collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException | UncheckedIOException _) {
            return Set.of();
        }
    }

    private static boolean isBelow(Path path, String name) {
        var text = path.toString();
        return text.contains("/" + name + "/")
                && Files.isDirectory(path)
                && !text.endsWith("/.monitors");
    }

    private Set<String> alive() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .map(Leaks::commandLine)
                .filter(line -> line.contains(directory.toString()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                    .replace('\0', ' ');
        } catch (IOException _) {
            return "";
        }
    }

    /// All but the directories that a runtime keeps.
    private List<String> files() {
        var left = new TreeSet<String>();
        for (var name : List.of("containers", "exits", "roots", "state")) {
            try (Stream<Path> all = Files.list(directory.resolve(name))) {
                all.map(Path::toString).forEach(left::add);
            } catch (IOException _) {
                // It was never made.
            }
        }
        return List.copyOf(left);
    }
}
