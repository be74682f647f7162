package io.meseta.agent.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.runtime.cgroup.Hierarchies;
import io.meseta.runtime.cgroup.ParentCgroup;
import io.meseta.runtime.kit.Descriptors;
import io.meseta.runtime.kit.Leaks;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What agents and their tasks can leave behind on a machine: mounts, cgroups, processes,
/// descriptors of an agent inside this process, and files beside sandboxes. Taken before the first
/// agent of a work directory starts.
///
/// @param work the agents' directory
/// @param ofWork what was there of it before, beside what is looked for anew each time
record Leftovers(Path work, Path volatiles, Leaks ofWork, Leaks ofRuntime, Descriptors open) {

    /// All cgroups of this process' agents lie below it.
    static final String CGROUP = "meseta-test-" + ProcessHandle.current().pid();

    private static final int UUID_CHARS = 36;

    /// Where there is nothing once no task is held any more, below the agents' directory.
    private static final List<String> OF_TASKS =
            List.of(
                    "containers",
                    "meta/tasks",
                    "meta/executors",
                    "meta/containers",
                    "meta/container-users",
                    "images/leases");

    /// The same, below what a restart of the machine takes away.
    private static final List<String> IN_MEMORY =
            List.of("secrets", "pins", "runtime/containers", "runtime/exits", "runtime/state");

    static Leftovers before(Path work) {
        var name = work.toString().getBytes(StandardCharsets.UTF_8);
        var volatiles = Path.of("/run/meseta", UUID.nameUUIDFromBytes(name).toString());
        return new Leftovers(
                work,
                volatiles,
                Leaks.before(work, CGROUP),
                Leaks.before(volatiles.resolve("runtime"), CGROUP),
                Descriptors.open());
    }

    /// Waits until nothing is left of tasks that have ended and been acknowledged; the agent may
    /// still be there.
    void awaitNoTasks() {
        Await.within(FakeMaster.LIMIT).passes("nothing is left of tasks", this::assertNoTasks);
    }

    private void assertNoTasks() {
        for (var place : OF_TASKS) assertThat(in(work.resolve(place))).as(place).isEmpty();
        for (var place : IN_MEMORY) assertThat(in(volatiles.resolve(place))).as(place).isEmpty();
        assertThat(in(roots())).as("passages to roots").isEmpty();
        assertThat(runs()).as("runs of processes").isEmpty();
        assertThat(mounts()).as("mounts").isEmpty();
        assertThat(processes()).as("processes").isEmpty();
        assertThat(Leaks.cgroups(CGROUP)).as("cgroups").isEmpty();
    }

    /// Fails with what an agent has left that has ended in order, and had no task any more.
    void assertNone() {
        assertNoTasks();
        assertThat(volatiles).doesNotExist();
        assertThat(roots()).doesNotExist();
        new ParentCgroup(Hierarchies.read(), "/" + CGROUP).removeIfEmpty();
        ofWork.assertNone();
        ofRuntime.assertNone();
        assertThat(open.since()).as("descriptors").isEmpty();
    }

    private Path roots() {
        return volatiles.resolveSibling(volatiles.getFileName() + ".roots");
    }

    /// By their containers' names, and nothing beside them.
    private List<String> runs() {
        return in(work.resolve("meta/runs")).stream()
                .filter(name -> name.length() == UUID_CHARS)
                .toList();
    }

    private Set<String> mounts() {
        try (var lines = Files.lines(Path.of("/proc/self/mountinfo"))) {
            return lines.filter(this::isOurs).collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    /// Those that have to do with the directory, by their words or by their environment: tasks know
    /// their sandboxes, and their helpers what they help with. Agents are not meant, nor the shells
    /// that each has for as long as it lives.
    private Set<String> processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> !isOfAgent(process))
                .filter(process -> isOurs(text(process, "environ")) || isOurs(line(process)))
                .map(Leftovers::line)
                .filter(line -> !line.contains("AgentService"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isOfAgent(ProcessHandle process) {
        var own = ProcessHandle.current();
        return process.equals(own) || process.parent().filter(own::equals).isPresent();
    }

    private static String line(ProcessHandle process) {
        return text(process, "cmdline").replace('\0', ' ');
    }

    private static String text(ProcessHandle process, String file) {
        try {
            return Files.readString(
                    Path.of("/proc/" + process.pid(), file), StandardCharsets.ISO_8859_1);
        } catch (IOException _) {
            return "";
        }
    }

    private boolean isOurs(String text) {
        return text.contains(work.toString()) || text.contains(volatiles.toString());
    }

    private static List<String> in(Path directory) {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(each -> each.getFileName().toString()).sorted().toList();
        } catch (IOException _) {
            return List.of();
        }
    }
}
