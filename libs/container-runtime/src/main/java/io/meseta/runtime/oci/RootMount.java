package io.meseta.runtime.oci;

import io.meseta.runtime.host.Commands;
import io.meseta.runtime.host.Commands.Begun;
import io.meseta.runtime.plan.ContainerPlan;
import io.meseta.runtime.plan.Namespace;
import io.meseta.runtime.plan.Root;
import io.meseta.runtime.state.RuntimeFault;
import io.meseta.runtime.state.RuntimeFault.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Mounts a container's root where the runtime can take it, and takes it away again.
///
/// By `mount(8)` in the bundle's directory: so layers have short names, and an overlay of more than
/// a hundred fits into the one page of options that the kernel reads.
record RootMount(Bundle bundle, Duration patience) {

    private static final int AT_ONCE_MAX = 100;

    /// Where the root is, or will be when it is mounted. Users of the container's own are strangers
    /// here, who can't pass directories of ours.
    Path place(ContainerPlan plan) {
        if (hasOwnUsers(plan)) return bundle.passedRoot();
        return plan.root().root() instanceof Root.Directory(var path) ? path : bundle.root();
    }

    private static boolean hasOwnUsers(ContainerPlan plan) {
        return plan.namespaces().users() instanceof Namespace.Own;
    }

    /// Mounts the root, and beside it the shared memory of a container that has its own.
    ///
    /// @param shmBytes 0 for none
    void mount(ContainerPlan plan, long shmBytes) throws InterruptedException {
        var commands = new ArrayList<List<String>>();
        if (shmBytes > 0) commands.add(shared(shmBytes));
        var isPassed = hasOwnUsers(plan);
        if (isPassed) bundle.makePassage(plan.namespaces().rootGroup());
        var place = place(plan);
        switch (plan.root().root()) {
            case Root.Directory(var path) -> {
                if (!Files.isDirectory(path)) {
                    throw new RuntimeFault(Kind.MACHINE, "there is no root directory " + path);
                }
                if (isPassed) commands.add(bound(path, place));
            }
            case Root.Machine() -> commands.add(bound(Path.of("/"), made(place)));
            case Root.Overlay overlay -> commands.add(overlaid(overlay, made(place)));
        }
        together(commands);
    }

    /// As a slave: nothing that happens below it reaches the machine.
    private static List<String> bound(Path source, Path place) {
        return List.of("mount", "--rbind", "--make-rslave", source.toString(), place.toString());
    }

    private void together(List<List<String>> commands) throws InterruptedException {
        var begun = new ArrayList<Begun>();
        try {
            for (var each : commands) begun.add(Commands.begin(bundle.directory(), each));
            for (var each : begun) {
                var outcome = each.outcome(patience);
                if (!outcome.isSuccess()) {
                    throw new RuntimeFault(
                            Kind.MACHINE,
                            "a file system can't be mounted: " + outcome.output().strip());
                }
            }
        } finally {
            for (var each : begun) each.close();
        }
    }

    private List<String> overlaid(Root.Overlay overlay, Path place) {
        var layers = made(bundle.file("layers"));
        var names = new ArrayList<String>();
        for (var layer : overlay.lower()) {
            var name = Integer.toString(names.size());
            linked(layers.resolve(name), layer);
            names.add("layers/" + name);
        }
        linked(layers.resolve("upper"), made(overlay.writable().resolve("upper")));
        linked(layers.resolve("work"), made(overlay.writable().resolve("work")));
        var options =
                "lowerdir=%s,upperdir=layers/upper,workdir=layers/work"
                        .formatted(String.join(":", names));
        return List.of("mount", "-i", "-t", "overlay", "-o", options, "overlay", place.toString());
    }

    private List<String> shared(long bytes) {
        made(bundle.shm());
        var options = "nosuid,noexec,nodev,mode=1777,size=%sk".formatted(Math.max(1, bytes >> 10));
        return List.of("mount", "-i", "-t", "tmpfs", "-o", options, "shm", "shm");
    }

    /// Takes away whatever is mounted in the bundle, however often; nothing is fine.
    void unmount() throws InterruptedException {
        for (int round = 0; round < 8; round++) {
            var points = mounted();
            if (points.isEmpty()) return;
            // Lazily and with all below: what a process still holds goes when that lets go. Some
            // may so have gone with others; the next look tells.
            var command = new ArrayList<>(List.of("umount", "-l"));
            command.addAll(points.subList(0, Math.min(AT_ONCE_MAX, points.size())));
            Commands.run(patience, command);
        }
        throw new RuntimeFault(Kind.MACHINE, "%s stays mounted".formatted(bundle.root()));
    }

    /// The mounts in the bundle's directory and its passage, the outermost first.
    private List<String> mounted() {
        var ours = bundle.directory() + "/";
        var passed = bundle.passage() + "/";
        try (var lines = Files.lines(Path.of("/proc/self/mountinfo"))) {
            return lines.map(line -> line.split(" ", 6)[4].replace("\\040", " "))
                    .filter(point -> point.startsWith(ours) || point.startsWith(passed))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new RuntimeFault(Kind.MACHINE, "mounts can't be read", failure);
        }
    }

    private static Path made(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException failure) {
            throw new RuntimeFault(Kind.MACHINE, directory + " can't be made", failure);
        }
    }

    private static void linked(Path link, Path target) {
        try {
            Files.createSymbolicLink(link, target);
        } catch (IOException failure) {
            throw new RuntimeFault(Kind.MACHINE, link + " can't be made", failure);
        }
    }
}
