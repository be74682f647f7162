package io.meseta.testkit.database;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;

/// The one switch that says where tests find their PostgreSQL: the system property
/// `meseta.test.postgres`, else the environment's `MESETA_TEST_POSTGRES`, with `embedded`,
/// `container`, or `auto`, which is what holds if neither is set: a container where a container
/// engine answers, an embedded server elsewhere.
enum PostgresChoice {
    EMBEDDED,
    CONTAINER;

    private static final String PROPERTY = "meseta.test.postgres";
    private static final String VARIABLE = "MESETA_TEST_POSTGRES";

    /// Made once per JVM.
    static PostgresChoice made() {
        return Made.CHOICE;
    }

    static PostgresChoice of(String word, boolean isEnginePresent) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "embedded" -> EMBEDDED;
            case "container" -> CONTAINER;
            case "auto" -> isEnginePresent ? CONTAINER : EMBEDDED;
            default ->
                    throw new IllegalArgumentException(
                            PROPERTY + "=" + word + ": it is embedded, container or auto");
        };
    }

    private static final class Made {
        static final PostgresChoice CHOICE = make();

        private static PostgresChoice make() {
            var word =
                    Optional.ofNullable(System.getProperty(PROPERTY))
                            .or(() -> Optional.ofNullable(System.getenv(VARIABLE)))
                            .orElse("auto");
            // Nobody is asked who need not be: a search for engines takes seconds.
            return of(word, word.equalsIgnoreCase("auto") && isEnginePresent());
        }

        private static boolean isEnginePresent() {
            var mayBe =
                    System.getenv("DOCKER_HOST") != null
                            || Files.exists(Path.of("/var/run/docker.sock"))
                            || Files.exists(
                                    Path.of(
                                            Optional.ofNullable(System.getenv("XDG_RUNTIME_DIR"))
                                                    .orElse("/run/nowhere"),
                                            "docker.sock"));
            return mayBe && DockerClientFactory.instance().isDockerAvailable();
        }
    }
}
