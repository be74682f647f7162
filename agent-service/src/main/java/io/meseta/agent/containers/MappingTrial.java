package io.meseta.agent.containers;

import io.meseta.isolation.linux.HeldFile;
import io.meseta.isolation.linux.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Finds out whether layers of images can be shown as others' by mounts, by doing it: the file
/// system has to know it, and overlays have to take it (Linux 5.19).
public final class MappingTrial {

    /// In the name of a container that there is not.
    private static final UUID NOBODY = new UUID(0, 0);

    private MappingTrial() {}

    /// Why it can't be done; empty if it can.
    ///
    /// @param layers a directory where layers lie
    public static Optional<String> trouble(
            Path layers, ContainerPlace place, UserRanges.Terms terms) {
        var range = new UserRange(terms.first(), terms.size());
        try (var pins = place.pins(NOBODY)) {
            var lower = pins.pinMapped(HeldFile.of(layers.toRealPath()), range);
            return overlaid(lower, place.root(NOBODY));
        } catch (IOException failure) {
            return Optional.of(String.valueOf(failure.getMessage()));
        } finally {
            place.clear(NOBODY);
        }
    }

    private static Optional<String> overlaid(Path lower, Path directory) throws IOException {
        for (var name : List.of("upper", "work", "root"))
            Files.createDirectories(directory.resolve(name));
        Files.createSymbolicLink(directory.resolve("0"), lower);
        var root = directory.resolve("root");
        Mounts.overlay(directory, 1, root);
        Mounts.unmount(root);
        return Optional.empty();
    }
}
