package io.meseta.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.meseta.endtoend.harness.Directories;
import io.meseta.endtoend.harness.Program;
import io.meseta.endtoend.harness.Running;
import io.meseta.endtoend.harness.Setup;
import io.meseta.testkit.RepositoryRoot;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Clients of the Mesos v1 API that others have written work as they are.
final class ThirdPartyIT {

    @RegisterExtension static final Running RUNNING = Running.cluster(Setup.named("third-party"));

    private static final Duration RUN_MAX = Duration.ofSeconds(60);
    private static final Duration INSTALL_MAX = Duration.ofMinutes(2);
    private static final String NODE_LIBRARY = "mesos-framework@0.5.3";

    /// Not in every build: it asks npm for the library, which may be out of reach.
    @Test
    @Tag("long")
    void servesTheNodeClient(@TempDir Path directory) {
        var install =
                List.of("npm", "install", "--no-audit", "--no-fund", "--no-save", NODE_LIBRARY);
        var place = new Program.Place(directory, Map.of());
        var logs = Directories.logs("third-party-node");
        assumeTrue(hasEnded(install, place, logs.resolve("npm.log")), "npm cannot install it");
        var master = RUNNING.cluster().masterEndpoint().base();
        var command =
                List.of(
                        "node",
                        RepositoryRoot.module()
                                .resolve("src/third-party/node/framework.js")
                                .toString(),
                        master.getHost(),
                        Integer.toString(master.getPort()));
        var modules = Map.of("NODE_PATH", directory.resolve("node_modules").toString());
        var log = logs.resolve("framework.log");
        try (var client = Program.of(command, new Program.Place(directory, modules), log)) {
            client.start();

            assertThat(client.awaitExit(RUN_MAX)).as(client.tail()).isZero();

            assertThat(client.output().lines())
                    .containsSubsequence(
                            "SUBSCRIBED",
                            "OFFERS",
                            "UPDATE quick TASK_STARTING",
                            "UPDATE quick TASK_RUNNING",
                            "UPDATE quick TASK_FINISHED")
                    .containsSubsequence(
                            "UPDATE endless TASK_RUNNING", "UPDATE endless TASK_KILLED")
                    .endsWith("TEARDOWN");
        }
    }

    private static boolean hasEnded(List<String> command, Program.Place place, Path log) {
        try (var program = Program.of(command, place, log)) {
            program.start();
            return program.awaitExit(INSTALL_MAX) == 0;
        } catch (UncheckedIOException | AssertionError _) {
            return false;
        }
    }

    @Test
    void servesTheRxJavaClientOfMesosphere() {
        var module = RepositoryRoot.module();
        var command =
                List.of(
                        Program.javaProgram(),
                        "-Xmx128m",
                        // The library's Netty is older than the walls round the JDK's inside.
                        "-Dio.netty.noUnsafe=true",
                        "-cp",
                        module.resolve("target/third-party") + "/*",
                        module.resolve("src/third-party/java/RxJavaFramework.java").toString(),
                        RUNNING.cluster().masterEndpoint().base() + "/api/v1/scheduler");
        var log = Directories.logs("third-party-rxjava").resolve("framework.log");
        var place = new Program.Place(Path.of("").toAbsolutePath(), Map.of());
        try (var client = Program.of(command, place, log)) {
            client.start();

            assertThat(client.awaitExit(RUN_MAX)).as(client.tail()).isZero();

            assertThat(client.output().lines())
                    .containsSubsequence(
                            "EVENT SUBSCRIBED",
                            "UPDATE TASK_RUNNING ",
                            "ACKNOWLEDGED TASK_RUNNING",
                            "UPDATE TASK_FINISHED Command exited with status 0",
                            "ACKNOWLEDGED TASK_FINISHED")
                    .contains("LAUNCHED", "DECLINED", "FINISHED");
        }
    }
}
