package io.meseta.agent.volumes;

import io.meseta.agent.core.holding.VolumeName;
import io.meseta.agent.launch.Account;
import io.meseta.model.Disk;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Shows tasks the volumes that they use, each as a link in the sandbox. Without a file system of
/// its own a task can't be shown them anywhere else.
public final class VolumeLinks {

    private static final Duration SETTLING_MAX = Duration.ofMinutes(1);

    private final VolumeKeeper keeper;

    public VolumeLinks(VolumeKeeper keeper) {
        this.keeper = keeper;
    }

    /// Whether a container path can be shown: relative, and within the sandbox.
    public static boolean isFit(String containerPath) {
        if (containerPath.isEmpty() || containerPath.indexOf('\0') >= 0) return false;
        var path = Path.of(containerPath);
        if (path.isAbsolute()) return false;
        for (var part : path)
            if (part.toString().equals("..") || part.toString().equals(".")) return false;
        return true;
    }

    /// Whether there was anything to be linked.
    ///
    /// @param owner whose the volumes become unless they are shared; empty for the agent's own user
    public boolean link(Resources volumes, Path sandbox, Optional<Account> owner)
            throws InterruptedException {
        if (volumes.isEmpty()) return false;
        keeper.awaitSettled(SETTLING_MAX);
        for (var kind : volumes.kinds()) {
            try {
                link(kind, sandbox, owner);
            } catch (IOException failure) {
                throw new VolumeFailure("can't link the volume " + kind, failure);
            }
        }
        return true;
    }

    /// A volume as it is shown to a container.
    ///
    /// @param data where it lies on this machine
    /// @param containerPath relative to the sandbox unless absolute
    public record Shown(Path data, String containerPath, boolean isReadOnly) {}

    /// The volumes, set right and given to `owner`, for whoever can be shown them by a mount.
    public List<Shown> show(Resources volumes, Optional<Account> owner)
            throws InterruptedException {
        if (volumes.isEmpty()) return List.of();
        keeper.awaitSettled(SETTLING_MAX);
        var shown = new ArrayList<Shown>();
        for (var kind : volumes.kinds()) {
            var persistence = kind.disk().flatMap(Disk::persistence).orElseThrow();
            try {
                shown.add(
                        new Shown(
                                ready(kind, owner),
                                persistence.containerPath(),
                                persistence.mode() == Disk.Mode.RO));
            } catch (IOException failure) {
                throw new VolumeFailure("can't give away the volume " + kind, failure);
            }
        }
        return shown;
    }

    private Path ready(ResourceKind kind, Optional<Account> owner) throws IOException {
        var name = VolumeName.of(kind).orElseThrow();
        var data = keeper.path(name);
        if (!Files.isDirectory(data, LinkOption.NOFOLLOW_LINKS))
            throw new VolumeFailure("the volume " + kind + " is not on this machine");
        if (owner.isPresent() && !kind.shared()) {
            Files.setAttribute(
                    data, "unix:gid", (int) owner.get().gid(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(
                    data, "unix:uid", (int) owner.get().uid(), LinkOption.NOFOLLOW_LINKS);
        }
        return data;
    }

    private void link(ResourceKind kind, Path sandbox, Optional<Account> owner) throws IOException {
        var data = ready(kind, owner);
        var path = kind.disk().flatMap(Disk::persistence).orElseThrow().containerPath();
        if (!isFit(path)) throw new VolumeFailure("'" + path + "' is not within the sandbox");
        var link = sandbox.resolve(path);
        var parent = link.getParent();
        if (parent != null) Files.createDirectories(parent);
        Files.createSymbolicLink(link, data.toAbsolutePath());
    }
}
