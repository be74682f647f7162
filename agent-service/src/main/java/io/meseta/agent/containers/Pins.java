package io.meseta.agent.containers;

import io.meseta.isolation.linux.Errno;
import io.meseta.isolation.linux.FileType;
import io.meseta.isolation.linux.HeldFile;
import io.meseta.isolation.linux.Mounts;
import io.meseta.isolation.linux.UserNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps what a container is to be shown where it was found, until the container has it.
///
/// A runtime looks each path up by itself, a moment after we have looked at it. Where somebody
/// could put a link in the way meanwhile, the very file that we have looked at is mounted in a
/// directory of ours, and the runtime is given that. (A path to our descriptor would not do: the
/// kernel binds nothing that belongs to another mount namespace, and the runtime is in one of its
/// own by then.)
final class Pins implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Pins.class);
    private static final int ROUNDS = 8;

    private final Path directory;
    private final List<HeldFile> held = new ArrayList<>();
    private int count;
    private @Nullable UserNamespace users;

    /// @param directory for the agent's user only; what an earlier attempt has left there goes
    Pins(Path directory) {
        this.directory = directory;
        clear(directory);
    }

    /// A path that leads to the file until this is closed.
    ///
    /// @param isRecursive with all that is mounted below it
    Path pin(HeldFile file, boolean isRecursive) throws IOException {
        try (file) {
            var place = directory.resolve(Integer.toString(count++));
            Files.createDirectories(directory);
            if (file.status().type() == FileType.DIRECTORY) Files.createDirectory(place);
            else Files.createFile(place);
            file.mountOn(place, isRecursive);
            return place;
        }
    }

    /// A path that leads to the directory until this is closed, and shows its files as if they
    /// belonged to those users outside whose numbers they have in there.
    Path pinMapped(HeldFile file, UserRange range) throws IOException {
        try (file) {
            var place = directory.resolve(Integer.toString(count++));
            Files.createDirectories(directory);
            Files.createDirectory(place);
            file.mountMappedOn(place, users(range));
            return place;
        }
    }

    /// A path that leads to the directory until this is closed, with mounts of its own.
    Path pinApart(HeldFile file) throws IOException {
        try (file) {
            var place = directory.resolve(Integer.toString(count++));
            Files.createDirectories(directory);
            Files.createDirectory(place);
            file.mountApartOn(place);
            return place;
        }
    }

    /// All that is pinned for one container is for the same users.
    private UserNamespace users(UserRange range) throws IOException {
        var made = users;
        if (made == null) made = UserNamespace.of(range.first(), range.size());
        users = made;
        return made;
    }

    /// Holds the file until this is closed.
    Path keep(HeldFile file) {
        held.add(file);
        return file.path();
    }

    @Override
    public void close() {
        held.forEach(HeldFile::close);
        if (users != null) users.close();
        users = null;
        try {
            clear(directory);
        } catch (UncheckedIOException failure) {
            LOG.atWarn()
                    .addKeyValue("directory", directory)
                    .setCause(failure)
                    .log("What a container was shown stays mounted until it ends.");
        }
    }

    /// Removes the pins of one container. By name and never by walking: what should be mounted
    /// there no more must not be emptied.
    static void clear(Path directory) {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) return;
        try (var places = Files.newDirectoryStream(directory)) {
            for (var place : places) {
                unmount(place);
                Files.deleteIfExists(place);
            }
            Files.deleteIfExists(directory);
        } catch (IOException failure) {
            throw new UncheckedIOException("can't clear " + directory, failure);
        }
    }

    /// However often something is mounted there; mostly once.
    private static void unmount(Path place) throws Errno {
        for (int round = 0; round < ROUNDS; round++) {
            try {
                Mounts.unmount(place);
            } catch (Errno failed) {
                if (failed.number() == Errno.EINVAL) return;
                throw failed;
            }
        }
    }
}
