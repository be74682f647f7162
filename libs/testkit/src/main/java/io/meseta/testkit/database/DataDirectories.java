package io.meseta.testkit.database;

import io.meseta.testkit.RepositoryRoot;
import java.nio.file.Path;
import java.util.UUID;

/// Where servers for tests keep their files: in the repository's `target`, so that nothing is left
/// anywhere else, and `mvn clean` removes the unpacked server too.
final class DataDirectories {

    private DataDirectories() {}

    static Path home() {
        return RepositoryRoot.find().resolve("target").resolve("test-postgres");
    }

    static Path fresh() {
        return home().resolve("data-" + UUID.randomUUID());
    }
}
