package io.meseta.agent.containers;

import io.meseta.agent.launch.Account;
import io.meseta.agent.launch.LaunchFailure;
import io.meseta.images.layers.OwnerMap;
import io.meseta.images.rootfs.MergedCopy;
import io.meseta.images.rootfs.OverlayLayers;
import io.meseta.isolation.linux.HeldFile;
import io.meseta.runtime.plan.Namespaces;
import io.meseta.runtime.plan.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Who the users of containers are on this machine, and how files come to look theirs: layers of
/// images by mounts that say so, or, where there are none of the kind, by copies that belong to
/// them.
public final class ContainerUsers {

    private final UserRanges ranges;
    private final boolean isMapping;

    /// @param isMapping whether owners can be mapped by mounts, of images and of what lies beside
    public ContainerUsers(UserRanges ranges, boolean isMapping) {
        this.ranges = ranges;
        this.isMapping = isMapping;
    }

    /// Gives it users of its own, if it is to have any: with files of its own, and without a part
    /// in what is the machine's.
    void claim(ContainerTask task) {
        boolean isFit =
                ContainerDemands.hasImage(task.info()) && !Confinement.isUnconfined(task.info());
        if (ranges.areHandedOut() && isFit) ranges.claim(task.container(), task.group());
    }

    Optional<UserRange> of(UUID container) {
        return ranges.of(container);
    }

    /// Who a user of the container is on this machine.
    Account outside(UUID container, Account inside) {
        return of(container).map(range -> range.outside(inside)).orElse(inside);
    }

    /// Whether the container's root is to be a copy though it could be overlaid.
    boolean isCopying(UUID container) {
        return !isMapping && of(container).isPresent();
    }

    /// Copies an image, for the container's users.
    void copy(UUID container, OverlayLayers layers, Path target) {
        MergedCopy.into(target, layers, owners(container));
    }

    private OwnerMap owners(UUID container) {
        return of(container)
                .map(range -> OwnerMap.shifted((int) range.first(), (int) range.size()))
                .orElseGet(OwnerMap::same);
    }

    /// The layers as its users are to see them, below what is its own.
    Root overlaid(UUID container, OverlayLayers layers, Path writable, Pins pins) {
        var range = of(container);
        if (range.isEmpty()) return new Root.Overlay(layers.lowerDirectories(), writable);
        var lower = new ArrayList<Path>();
        try {
            for (var layer : layers.lowerDirectories())
                lower.add(pins.pinMapped(HeldFile.of(layer.toRealPath()), range.get()));
            // Of what is overlaid, the root's own owner is that of the highest.
            var upper = Files.createDirectories(writable.resolve("upper"));
            Files.setAttribute(upper, "unix:gid", (int) range.get().first());
            Files.setAttribute(upper, "unix:uid", (int) range.get().first());
        } catch (IOException failure) {
            throw new LaunchFailure("the image can't be shown to its users", failure);
        }
        return new Root.Overlay(lower, writable);
    }

    /// What lies at a place that outlives the container, whose owners are those in containers.
    Path shown(UUID container, Path data, Pins pins) {
        var range = of(container);
        if (range.isEmpty()) return data;
        try {
            return pins.pinMapped(HeldFile.of(data.toRealPath()), range.get());
        } catch (IOException failure) {
            throw new LaunchFailure(
                    "the volume at %s can't be shown to a container with users of its own:"
                                    .formatted(data)
                            + " its file system can't map owners",
                    failure);
        }
    }

    Namespaces namespaces(UUID container, Namespaces namespaces) {
        return of(container)
                .map(range -> namespaces.withUsersFrom(range.first(), range.size()))
                .orElse(namespaces);
    }

    void release(UUID container) {
        ranges.release(container);
    }

    void releaseAllBut(Set<UUID> held) {
        ranges.releaseAllBut(held);
    }
}
