package io.meseta.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.endtoend.harness.Installation;
import io.meseta.testkit.Await;
import io.meseta.testkit.database.KillableDatabase;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A cluster whose PostgreSQL is somebody else's.
final class ExternalDatabaseIT {

    private static final Duration UP_MAX = Duration.ofMinutes(2);
    private static final Duration RUN_MAX = Duration.ofSeconds(60);

    @Test
    void keepsItsStateInADatabaseThatItDoesNotStart() {
        try (var database = KillableDatabase.start();
                var meseta = Installation.make("external-database", 1)) {
            var url = database.database().jdbcUrl();
            up(meseta, url);
            assertThat(run(meseta, "status").output()).doesNotContain("postgres");
            var job = run(meseta, "run", "--name", "kept", "--", "sh", "-c", "echo hi; exit 5");
            assertThat(job.output()).as(meseta.logs()).contains("hi\n");
            assertThat(job.code()).isEqualTo(5);
            assertThat(run(meseta, "down").code()).isZero();
            assertThat(meseta.data().resolve("postgres/data")).doesNotExist();

            up(meseta, url);

            var past = run(meseta, "ps", "-a").output();
            assertThat(past.lines())
                    .anyMatch(line -> line.contains("TASK_FAILED") && line.endsWith("kept"));
            assertThat(run(meseta, "down").code()).isZero();
            Await.shortly().passes("nothing is left", () -> assertThat(meseta.traces()).isEmpty());
            assertThat(Files.isDirectory(meseta.data())).isTrue();
        }
    }

    private static void up(Installation meseta, String url) {
        var up =
                run(
                        meseta,
                        "up",
                        "--open",
                        "--detach",
                        "--agents",
                        "1",
                        "--port-base",
                        Integer.toString(meseta.portBase()),
                        "--db",
                        url);
        assertThat(up.code()).as(up.output()).isZero();
    }

    private static Installation.Outcome run(Installation meseta, String... arguments) {
        var all = new ArrayList<String>(List.of(arguments[0], "--data", meseta.data().toString()));
        Collections.addAll(all, arguments);
        all.remove(3);
        return meseta.run(arguments[0].equals("up") ? UP_MAX : RUN_MAX, all.toArray(String[]::new));
    }
}
