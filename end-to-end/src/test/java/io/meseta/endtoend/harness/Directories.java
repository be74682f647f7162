package io.meseta.endtoend.harness;

import io.meseta.testkit.RepositoryRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// Where clusters keep their files: below this module's `target`, logs beyond the test's end.
public final class Directories {

    private Directories() {}

    /// A fresh, empty directory for data. The name holds a number that no other process has, since
    /// processes are told by it.
    public static Path data(String name) {
        return fresh(home().resolve("data").resolve(name + "-" + ProcessHandle.current().pid()));
    }

    /// A fresh, empty directory for logs.
    public static Path logs(String name) {
        return fresh(home().resolve("logs").resolve(name));
    }

    /// Removes a directory with all that is in it; links are removed, not followed.
    public static void delete(Path directory) {
        if (!Files.exists(directory)) return;
        try (var paths = Files.walk(directory)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot remove " + directory, failure);
        }
    }

    private static Path home() {
        return RepositoryRoot.module().resolve("target").resolve("clusters");
    }

    private static Path fresh(Path directory) {
        delete(directory);
        try {
            return Files.createDirectories(directory);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot make " + directory, failure);
        }
    }
}
