package io.meseta.runtime.cgroup;

import io.meseta.runtime.state.RuntimeFault;
import io.meseta.runtime.state.RuntimeFault.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The group that all containers of a runtime lie in, and beside them a group for their monitors,
/// which so survive whoever ends the agent's own group (as systemd does).
///
/// @param path such as `/meseta`
public record ParentCgroup(Hierarchies hierarchies, String path) {

    private static final String MONITORS = ".monitors";
    private static final String FORMER = ".former";

    /// The group of a container.
    public ContainerCgroup of(String container) {
        return new ContainerCgroup(hierarchies, path + "/" + container);
    }

    /// Makes what has to be there before the first container. May be repeated.
    public void prepare() {
        try {
            var unified = hierarchies.unified();
            if (hierarchies.isUnified() && unified != null) delegate(unified);
            for (var directory : monitorDirectories()) Files.createDirectories(directory);
        } catch (IOException failure) {
            throw new RuntimeFault(
                    Kind.MACHINE, "no cgroup %s can be made".formatted(path), failure);
        }
    }

    /// A file for each hierarchy in which monitors are set apart; writing a process' number there
    /// moves it.
    public List<Path> monitorFiles() {
        return monitorDirectories().stream().map(each -> each.resolve("cgroup.procs")).toList();
    }

    private List<Path> monitorDirectories() {
        var directories = new ArrayList<Path>();
        var below = path.substring(1) + "/" + MONITORS;
        var unified = hierarchies.unified();
        if (unified != null) directories.add(unified.resolve(below));
        var systemd = hierarchies.controllers().get("name=systemd");
        if (systemd != null) directories.add(systemd.resolve(below));
        return directories;
    }

    /// Lets every controller through, from the top down to the containers.
    private void delegate(Path unified) throws IOException {
        var at = unified;
        enable(at);
        for (var name : path.substring(1).split("/", -1)) {
            at = at.resolve(name);
            Files.createDirectories(at);
            enable(at);
        }
    }

    private static void enable(Path group) throws IOException {
        for (var controller :
                CgroupFiles.text(group.resolve("cgroup.controllers")).orElse("").split(" ", -1)) {
            if (controller.isEmpty()) continue;
            try {
                CgroupFiles.write(group.resolve("cgroup.subtree_control"), "+" + controller);
            } catch (IOException _) {
                // What the machine's own root refuses, it has no use for.
                if (!Files.exists(group.resolve("cgroup.events"))) continue;
                // Any other group with processes in it lets nothing through; so it is when the
                // agent itself runs in a container, and its group looks like the root.
                emptied(group);
                CgroupFiles.write(group.resolve("cgroup.subtree_control"), "+" + controller);
            }
        }
    }

    private static void emptied(Path group) throws IOException {
        var former = Files.createDirectories(group.resolve(FORMER));
        for (var pid : CgroupFiles.lines(group.resolve("cgroup.procs"))) {
            try {
                CgroupFiles.write(former.resolve("cgroup.procs"), pid);
            } catch (IOException _) {
                // It has ended, or is one of the kernel's own.
            }
        }
    }

    /// Removes what [#prepare] has made, where nothing is left in it.
    public void removeIfEmpty() {
        for (var directory : monitorDirectories()) deleteIfEmpty(directory);
        for (var directory : hierarchies.directories(path)) deleteIfEmpty(directory);
    }

    private static void deleteIfEmpty(Path directory) {
        try {
            Files.deleteIfExists(directory);
        } catch (IOException _) {
            // Somebody is in it.
        }
    }
}
