package io.meseta.auth.founding;

import io.meseta.model.Opaque;
import io.meseta.platform.credentials.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// First secrets as files: a directory for each reader, which only its owner can enter. Each of the
/// directories may be a volume of its own.
final class SecretsDirectory {

    private static final Set<PosixFilePermission> ENTERED =
            PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> READ =
            PosixFilePermissions.fromString("r--------");
    private static final Set<PosixFilePermission> OWNED =
            PosixFilePermissions.fromString("rw-------");

    private final Path directory;
    private final Set<PosixFilePermission> mode;
    private final Map<String, Integer> owners;

    /// What is there already.
    sealed interface Found {

        /// Nothing was finished, so nobody has started with any of it.
        record Nothing() implements Found {}

        record All() implements Found {}

        /// They belong together, so a lost one can't be made again.
        record Lost(List<Path> files) implements Found {}
    }

    private SecretsDirectory(
            Path directory, Set<PosixFilePermission> mode, Map<String, Integer> owners) {
        this.directory = directory;
        this.mode = mode;
        this.owners = Map.copyOf(owners);
    }

    /// For services that may read what is theirs: files of mode 0400.
    ///
    /// @param owners user ids by reader; whoever is not named belongs to us
    static SecretsDirectory of(Path directory, Map<String, Integer> owners) {
        return new SecretsDirectory(directory, READ, owners);
    }

    /// For ourselves: files of mode 0600.
    static SecretsDirectory ofOurs(Path directory) {
        return new SecretsDirectory(directory, OWNED, Map.of());
    }

    /// @param alike first secrets with the same readers and files, whatever is in them
    Found find(FirstSecrets alike) {
        if (!Files.exists(at(alike.tie(), FirstSecrets.BOOTSTRAP))) {
            return new Found.Nothing();
        }
        var lost = new ArrayList<Path>();
        alike.rooms()
                .forEach((room, files) -> {
                    for (var file : files.keySet()) {
                        if (!Files.exists(at(room, file))) lost.add(at(room, file));
                    }
                });
        return lost.isEmpty() ? new Found.All() : new Found.Lost(List.copyOf(lost));
    }

    /// The bootstrap comes last: while it is not there, all is made anew.
    void write(FirstSecrets secrets) throws IOException {
        for (var room : secrets.rooms().entrySet()) {
            var place = directory.resolve(room.getKey());
            Files.createDirectories(place);
            for (var file : room.getValue().entrySet()) {
                if (file.getKey().equals(FirstSecrets.BOOTSTRAP)) continue;
                write(room.getKey(), file.getKey(), file.getValue());
            }
        }
        for (var room : secrets.rooms().keySet()) close(room);
        var tie = secrets.tie();
        var last =
                Optional.ofNullable(secrets.rooms().get(tie))
                        .map(room -> room.get(FirstSecrets.BOOTSTRAP));
        write(tie, FirstSecrets.BOOTSTRAP, last.orElseThrow());
    }

    private void write(String room, String file, Opaque bytes) throws IOException {
        var path = at(room, file);
        PrivateFile.write(path, bytes.asBytes());
        Files.setPosixFilePermissions(path, mode);
        handOver(path, room);
    }

    private void close(String room) throws IOException {
        var place = directory.resolve(room);
        Files.setPosixFilePermissions(place, ENTERED);
        handOver(place, room);
    }

    private void handOver(Path path, String room) throws IOException {
        var owner = owners.get(room);
        if (owner != null) Files.setAttribute(path, "unix:uid", owner);
    }

    private Path at(String room, String file) {
        return directory.resolve(room).resolve(file);
    }
}
