package io.meseta.agent.containers;

import io.meseta.agent.images.TaskImages;
import io.meseta.agent.launch.Account;
import io.meseta.agent.launch.LaunchFailure;
import io.meseta.agent.volumes.VolumeLinks;
import io.meseta.images.rootfs.OverlayLayers;
import io.meseta.isolation.linux.FileType;
import io.meseta.isolation.linux.HeldFile;
import io.meseta.mesos.v1.ContainerInfo;
import io.meseta.mesos.v1.MountPropagation;
import io.meseta.mesos.v1.Volume;
import io.meseta.runtime.plan.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// From a task's volumes to mounts.
final class VolumeMounts {

    private static final List<String> HARMLESS = List.of("nosuid", "nodev");

    private final ContainerBounds bounds;
    private final ContainerPlace place;
    private final TaskImages images;
    private final ContainerUsers users;

    VolumeMounts(
            ContainerBounds bounds, ContainerPlace place, TaskImages images, ContainerUsers users) {
        this.bounds = bounds;
        this.place = place;
        this.images = images;
        this.users = users;
    }

    /// Where a container's files come from and whose they are.
    ///
    /// @param parent the sandbox of the group; the container's own where there is none
    /// @param shown where the container sees its sandbox
    /// @param owner as this machine knows it
    /// @param isOfMachine whether its root is the machine's own, where nothing may be made for it
    /// @param pins keeps in place what others could move
    record Ground(
            UUID container,
            Path sandbox,
            Path parent,
            String shown,
            Account owner,
            boolean isOfMachine,
            Pins pins) {}

    /// Makes ready the images that are volumes.
    void pull(UUID container, List<Volume> volumes) {
        for (int i = 0; i < volumes.size(); i++) {
            if (!volumes.get(i).hasImage()) continue;
            var image = images.pull(container, images.wish(volumes.get(i).getImage()), _ -> {});
            users.copy(container, OverlayLayers.of(image.layers()), place.volume(container, i));
        }
    }

    /// What it wants in memory; it counts against the container's own.
    List<Mount> inMemory(ContainerInfo container) {
        return DockerWishes.of(container).inMemory().stream()
                .map(each -> each.mount(bounds.shares().shmBytes()))
                .toList();
    }

    List<Mount> mounts(List<Volume> volumes, List<VolumeLinks.Shown> persistent, Ground ground) {
        var mounts = new ArrayList<Mount>();
        for (var each : persistent) {
            var target = target(each.containerPath(), ground);
            var data = users.shown(ground.container(), each.data().toAbsolutePath(), ground.pins());
            mounts.add(Mount.Bind.of(data, target, each.isReadOnly()));
        }
        for (int i = 0; i < volumes.size(); i++) mounts.add(mount(volumes.get(i), i, ground));
        return ground.isOfMachine() ? inSandbox(mounts, ground) : mounts;
    }

    /// In the machine's own root a runtime would make directories and files of the machine, and
    /// follow links to where: so what goes into the sandbox we mount there, in a copy of its mount
    /// that the container is given in its place.
    private static List<Mount> inSandbox(List<Mount> mounts, Ground ground) {
        var within = ground.shown() + "/";
        if (mounts.stream().noneMatch(each -> each.target().startsWith(within))) return mounts;
        var all = new ArrayList<Mount>();
        try {
            var copy = ground.pins().pinApart(HeldFile.of(ground.sandbox().toRealPath()));
            all.add(Mount.Bind.of(copy, ground.shown(), false));
            for (var each : mounts) {
                if (each.target().startsWith(within) && each instanceof Mount.Bind bind)
                    put(bind, copy, bind.target().substring(within.length()), ground.owner());
                else all.add(each);
            }
        } catch (IOException failure) {
            throw new LaunchFailure("volumes can't be shown in the sandbox", failure);
        }
        return all;
    }

    private static void put(Mount.Bind bind, Path copy, String relative, Account owner)
            throws IOException {
        if (bind.propagation() != Mount.Propagation.PRIVATE)
            throw new LaunchFailure(
                    "mounts can't travel to '%s' of the sandbox without an image"
                            .formatted(relative));
        try (var source = HeldFile.of(bind.source().toRealPath())) {
            var type = source.status().type();
            var like = type == FileType.DIRECTORY ? type : FileType.REGULAR;
            try (var place = SandboxFolders.hold(copy, relative, like, owner)) {
                source.mountApartIn(place, bind.isReadOnly());
            }
        }
    }

    private Mount mount(Volume volume, int number, Ground ground) {
        boolean isReadOnly = volume.getMode() == Volume.Mode.RO;
        var target = target(volume.getContainerPath(), ground);
        if (volume.hasImage())
            return Mount.Bind.of(place.volume(ground.container(), number), target, isReadOnly);
        if (volume.hasHostPath())
            return Mount.Bind.of(
                    hostPath(volume.getHostPath(), isReadOnly, ground), target, isReadOnly);
        var source = volume.getSource();
        return switch (source.getType()) {
            case HOST_PATH ->
                    new Mount.Bind(
                            hostPath(source.getHostPath().getPath(), isReadOnly, ground),
                            target,
                            isReadOnly,
                            true,
                            propagation(source.getHostPath().getMountPropagation()),
                            HARMLESS);
            case SANDBOX_PATH -> {
                var path = source.getSandboxPath();
                boolean isOfParent = path.getType() == Volume.Source.SandboxPath.Type.PARENT;
                var sandbox = isOfParent ? ground.parent() : ground.sandbox();
                yield Mount.Bind.of(folder(sandbox, path.getPath(), ground), target, isReadOnly);
            }
            case SECRET ->
                    Mount.Bind.of(
                            secret(
                                    source.getSecret().getValue().getData().toByteArray(),
                                    number,
                                    ground),
                            target,
                            true);
            case DOCKER_VOLUME, CSI_VOLUME, UNKNOWN ->
                    throw new LaunchFailure("Unsupported volume of type " + source.getType());
        };
    }

    /// A relative path is one of the sandbox's. In the machine's own root nothing is made.
    private static String target(String containerPath, Ground ground) {
        if (!containerPath.startsWith("/")) return ground.shown() + "/" + containerPath;
        if (ground.isOfMachine() && !Files.exists(Path.of(containerPath)))
            throw new LaunchFailure(
                    "the container path '%s' is not there, and the task has no image that it could"
                                    .formatted(containerPath)
                            + " be made in");
        return containerPath;
    }

    private static Path folder(Path sandbox, String relative, Ground ground) {
        try {
            return ground.pins().pin(SandboxFolders.hold(sandbox, relative, ground.owner()), false);
        } catch (IOException failure) {
            throw new LaunchFailure("can't show '" + relative + "' of the sandbox", failure);
        }
    }

    /// Links are followed before it is looked at where the path leads, and none from then on.
    private Path hostPath(String text, boolean isReadOnly, Ground ground) {
        if (!text.startsWith("/")) return folder(ground.sandbox(), text, ground);
        if (!isReadOnly && users.of(ground.container()).isPresent())
            throw new LaunchFailure(
                    "the host path '%s' is the machine's, and the container has users of its own:"
                                    .formatted(text)
                            + " it can be shown read-only alone");
        try {
            var path = Path.of(text).toRealPath();
            for (var allowed : bounds.hostPaths())
                if (Files.exists(allowed) && path.startsWith(allowed.toRealPath()))
                    return ground.pins().pin(HeldFile.of(path), true);
        } catch (IOException failure) {
            throw new LaunchFailure("the host path '" + text + "' is not there", failure);
        }
        throw new LaunchFailure(
                "this agent does not allow the host path '%s' (meseta.agent.containers.bounds"
                                .formatted(text)
                        + ".host-paths)");
    }

    private Mount.Propagation propagation(MountPropagation wanted) {
        return switch (wanted.getMode()) {
            case HOST_TO_CONTAINER -> Mount.Propagation.FROM_MACHINE;
            case BIDIRECTIONAL -> {
                if (!bounds.isUnconfinedAllowed())
                    throw new LaunchFailure(
                            "this agent does not allow mounts that travel to the machine"
                                    + " (meseta.agent.containers.bounds.unconfined)");
                yield Mount.Propagation.BOTH;
            }
            case UNKNOWN -> Mount.Propagation.PRIVATE;
        };
    }

    private Path secret(byte[] data, int number, Ground ground) {
        var file = place.secrets(ground.container()).resolve("secret-" + number);
        try {
            Files.deleteIfExists(file);
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.write(file, data);
            Files.setAttribute(
                    file, "unix:gid", (int) ground.owner().gid(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(
                    file, "unix:uid", (int) ground.owner().uid(), LinkOption.NOFOLLOW_LINKS);
            return file;
        } catch (IOException failure) {
            throw new LaunchFailure("can't lay out a secret", failure);
        }
    }
}
