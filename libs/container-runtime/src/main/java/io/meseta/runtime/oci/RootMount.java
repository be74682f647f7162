package io.meseta.runtime.oci;

import io.meseta.isolation.linux.Errno;
import io.meseta.isolation.linux.Mounts;
import io.meseta.runtime.plan.ContainerPlan;
import io.meseta.runtime.plan.Namespace;
import io.meseta.runtime.plan.Root;
import io.meseta.runtime.state.RuntimeFault;
import io.meseta.runtime.state.RuntimeFault.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Mounts a container's root where the runtime can take it, and takes it away again.
record RootMount(Bundle bundle) {

    private static final long KIBIBYTE = 1 << 10;
    private static final int ROUNDS = 8;

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
    void mount(ContainerPlan plan, long shmBytes) {
        var isPassed = hasOwnUsers(plan);
        if (isPassed) bundle.makePassage(plan.namespaces().rootGroup());
        var place = place(plan);
        try {
            if (shmBytes > 0) Mounts.memory(made(bundle.shm()), Math.max(1, shmBytes / KIBIBYTE));
            switch (plan.root().root()) {
                case Root.Directory(var path) -> {
                    if (!Files.isDirectory(path)) {
                        throw new RuntimeFault(Kind.MACHINE, "there is no root directory " + path);
                    }
                    if (isPassed) Mounts.bindAsSlave(path, place);
                }
                case Root.Machine() -> Mounts.bindAsSlave(Path.of("/"), made(place));
                case Root.Overlay overlay -> overlay(overlay, made(place));
            }
        } catch (Errno failure) {
            throw new RuntimeFault(
                    Kind.MACHINE,
                    "a file system can't be mounted: " + failure.getMessage(),
                    failure);
        }
    }

    private void overlay(Root.Overlay overlay, Path place) throws Errno {
        var layers = made(bundle.file("layers"));
        int count = 0;
        for (var layer : overlay.lower()) {
            linked(layers.resolve(Integer.toString(count)), layer);
            count++;
        }
        linked(layers.resolve("upper"), made(overlay.writable().resolve("upper")));
        linked(layers.resolve("work"), made(overlay.writable().resolve("work")));
        Mounts.overlay(layers, count, place);
    }

    /// Takes away whatever is mounted in the bundle, however often; nothing is fine.
    void unmount() {
        for (var place : List.of(bundle.root(), bundle.shm(), bundle.passedRoot())) unmount(place);
    }

    private static void unmount(Path place) {
        for (int round = 0; round < ROUNDS; round++) {
            try {
                Mounts.unmount(place);
            } catch (Errno failure) {
                if (isNothing(failure)) return;
                throw new RuntimeFault(Kind.MACHINE, place + " can't be unmounted", failure);
            }
        }
        throw new RuntimeFault(Kind.MACHINE, place + " stays mounted");
    }

    private static boolean isNothing(Errno failure) {
        return failure.number() == Errno.EINVAL || failure.number() == Errno.ENOENT;
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
