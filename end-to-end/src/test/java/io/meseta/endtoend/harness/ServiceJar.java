package io.meseta.endtoend.harness;

import io.meseta.testkit.RepositoryRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// The packaged jar of a sibling module. Its class path lies in `lib` beside it.
///
/// These tests know services by their jars alone: a dependency on them would let a test reach into
/// what it is to see from outside.
public final class ServiceJar {

    private ServiceJar() {}

    /// The newest jar, should one of another version lie beside it.
    public static Path of(String module) {
        var target = RepositoryRoot.find().resolve(module).resolve("target");
        if (!Files.isDirectory(target.resolve("lib"))) throw missing(module);
        try (var files = Files.list(target)) {
            return files.filter(file -> isJarOf(module, file))
                    .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
                    .orElseThrow(() -> missing(module));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot list " + target, failure);
        }
    }

    private static boolean isJarOf(String module, Path file) {
        return file.getFileName()
                .toString()
                .matches(module + "-[0-9][0-9A-Za-z.]*(-SNAPSHOT)?\\.jar");
    }

    private static IllegalStateException missing(String module) {
        return new IllegalStateException(
                module
                        + " is not packaged: run `mvn -pl"
                        + " end-to-end,master-service,agent-service,cli,launcher -am"
                        + " -DskipTests package` first");
    }
}
