package io.meseta.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Where everything lies under the data directory.
///
/// @param data absolute, with links resolved once it exists
record Layout(Path data) {

    /// Room for a fresh database, logs and sandboxes to begin with.
    private static final long FREE_BYTES_MIN = 512L * 1024 * 1024;

    Layout {
        data = data.toAbsolutePath().normalize();
    }

    Path runFile() {
        return data.resolve("run.json");
    }

    Path lockFile() {
        return data.resolve("lock");
    }

    Path secrets() {
        return data.resolve("secrets");
    }

    /// Where a service keeps what it knows of callers.
    Path authState(String service) {
        return data.resolve("auth").resolve(service);
    }

    Path logs() {
        return data.resolve("logs");
    }

    Path log(String service) {
        return logs().resolve(service + ".log");
    }

    Path postgres() {
        return data.resolve("postgres");
    }

    /// Start-up caches of the services; safe to delete.
    Path cache() {
        return data.resolve("cache");
    }

    Path agents() {
        return data.resolve("agents");
    }

    /// @param number from 1
    Path agent(int number) {
        return agents().resolve(Integer.toString(number));
    }

    /// Makes the directories, for our eyes only: the database and the sandboxes are in there.
    void create() {
        try {
            makeParents();
            for (var directory : new Path[] {logs(), postgres(), cache(), agents()}) {
                Files.createDirectories(directory);
            }
            long free = Files.getFileStore(data).getUsableSpace();
            if (free < FREE_BYTES_MIN) {
                throw new Trouble(
                        "%s has %d MB free, %d MB are needed: free some, or choose --data DIR"
                                .formatted(data, megabytes(free), megabytes(FREE_BYTES_MIN)));
            }
        } catch (IOException failure) {
            throw new Trouble("cannot use " + data + " (choose another with --data DIR)", failure);
        }
    }

    private void makeParents() throws IOException {
        if (Files.isDirectory(data)) {
            return;
        }
        var parent = data.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        var ours = PosixFilePermissions.fromString("rwx------");
        Files.createDirectory(data, PosixFilePermissions.asFileAttribute(ours));
    }

    private static long megabytes(long bytes) {
        return bytes / (1024 * 1024);
    }
}
