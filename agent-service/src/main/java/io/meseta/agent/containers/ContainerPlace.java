package io.meseta.agent.containers;

import io.meseta.agent.launch.DirectoryTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Where the agent keeps what belongs to containers and is no sandbox: what they write to their
/// root, copies of images, and secrets.
///
/// @param directory on a disk
/// @param memory on a file system that is no disk, where there is one
/// @param pins where things are mounted for as long as a container is being made
public record ContainerPlace(Path directory, Path memory, Path pins) {

    /// What the container writes besides its sandbox; for the agent's user only, as its way in is a
    /// mount.
    Path root(UUID container) {
        return made(directory.resolve(container.toString()).resolve("root"));
    }

    /// The same for layers over an image, with nothing of a launch that was cut off: what a
    /// container has written to its root goes with it, and a file system that was mounted there is
    /// not to be mounted again.
    Path layers(UUID container) {
        var root = root(container);
        try {
            for (var part : List.of("upper", "work")) DirectoryTree.delete(root.resolve(part));
            return root;
        } catch (IOException failure) {
            throw new UncheckedIOException("can't clear " + root, failure);
        }
    }

    /// The copy of an image that is one of the container's volumes.
    Path volume(UUID container, int number) {
        return made(directory.resolve(container.toString()).resolve("volume-" + number));
    }

    /// Ready for what the container is to be shown, without what an earlier attempt has left.
    Pins pins(UUID container) {
        return new Pins(made(pins).resolve(container.toString()));
    }

    Path secrets(UUID container) {
        return made(memory.resolve(container.toString()));
    }

    /// Deletes all that is kept for the container.
    public void clear(UUID container) {
        Pins.clear(pins.resolve(container.toString()));
        try {
            DirectoryTree.delete(directory.resolve(container.toString()));
            DirectoryTree.delete(memory.resolve(container.toString()));
        } catch (IOException failure) {
            throw new UncheckedIOException("can't clear the place of " + container, failure);
        }
    }

    /// Of a container that is held, its files; no container is being made when this is asked.
    void clearAllBut(Set<UUID> held) {
        clearPins();
        for (var root : List.of(directory, memory)) {
            if (!Files.isDirectory(root)) continue;
            try (var entries = Files.newDirectoryStream(root)) {
                for (var entry : entries) {
                    var name = entry.getFileName().toString();
                    if (held.stream().noneMatch(each -> each.toString().equals(name)))
                        DirectoryTree.delete(entry);
                }
            } catch (IOException failure) {
                throw new UncheckedIOException("can't clear " + root, failure);
            }
        }
    }

    private void clearPins() {
        if (!Files.isDirectory(pins)) return;
        try (var entries = Files.newDirectoryStream(pins)) {
            for (var entry : entries) Pins.clear(entry);
        } catch (IOException failure) {
            throw new UncheckedIOException("can't clear " + pins, failure);
        }
    }

    private static Path made(Path path) {
        try {
            var ownerOnly =
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------"));
            if (path.getParent() != null) Files.createDirectories(path.getParent(), ownerOnly);
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) makeOpen(path);
            return path;
        } catch (IOException failure) {
            throw new UncheckedIOException("can't make " + path, failure);
        }
    }

    /// Several containers may be the first to want it.
    private static void makeOpen(Path path) throws IOException {
        try {
            Files.createDirectory(path);
        } catch (FileAlreadyExistsException made) {
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) throw made;
        }
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
