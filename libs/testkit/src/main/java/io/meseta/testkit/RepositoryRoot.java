package io.meseta.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the repository begins: the nearest directory upwards whose `pom.xml` lists modules.
public final class RepositoryRoot {

    private RepositoryRoot() {}

    /// The directory of the module whose tests run.
    public static Path module() {
        return Path.of(System.getProperty("basedir", "")).toAbsolutePath().normalize();
    }

    public static Path find() {
        for (Path at = module(); at != null; at = at.getParent()) {
            if (listsModules(at.resolve("pom.xml"))) return at;
        }
        throw new IllegalStateException("no pom.xml with modules above " + module());
    }

    private static boolean listsModules(Path pom) {
        try {
            return Files.isRegularFile(pom) && Files.readString(pom).contains("<modules>");
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + pom, unreadable);
        }
    }
}
