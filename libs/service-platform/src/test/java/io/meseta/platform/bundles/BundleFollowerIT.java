package io.meseta.platform.bundles;

import static io.meseta.authorization.SubjectKind.USER;
import static io.meseta.platform.testing.StandInBook.basic;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.platform.RawClient;
import io.meseta.platform.TestApplication;
import io.meseta.platform.credentials.OwnToken;
import io.meseta.platform.testing.AuthStandIn;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bundles on their way here, and an auth-service that comes and goes.
final class BundleFollowerIT {

    private final AuthStandIn auth = new AuthStandIn();

    @TempDir private Path directory;

    @AfterEach
    void stop() {
        auth.close();
    }

    @Test
    void bringsAChangeAtOnce() {
        try (var service = TestApplication.startSecure(auth.settings(directory, "meseta-test"))) {
            Await.shortly()
                    .until(
                            "it is so",
                            () -> ask(service, "/actuator/health/readiness", "").contains(" 200 "));
            assertThat(status(service, basic("ann"))).isEqualTo(401);

            auth.add(USER, "ann").publish();
            Await.shortly().until("it is so", () -> status(service, basic("ann")) == 200);

            auth.book().remove("ann");
            auth.publish();
            Await.shortly().until("it is so", () -> status(service, basic("ann")) == 401);
        }
    }

    @Test
    void isNotReadyBeforeTheFirst() {
        var settings = auth.settings(directory, "meseta-test");
        auth.stop();
        try (var service = TestApplication.startSecure(settings)) {
            assertThat(ask(service, "/actuator/health/readiness", "")).startsWith("HTTP/1.1 503 ");
            assertThat(ask(service, "/actuator/health/liveness", "")).startsWith("HTTP/1.1 200 ");
            assertThat(status(service, basic("meseta-test"))).isEqualTo(503);

            auth.restart();
            Await.shortly()
                    .until(
                            "it is so",
                            () -> ask(service, "/actuator/health/readiness", "").contains(" 200 "));
        }
    }

    @Test
    void keepsTheNewestForARestartWithoutAnybody() throws IOException {
        var settings = auth.add(USER, "ann").settings(directory, "meseta-test");
        try (var service = TestApplication.startSecure(settings)) {
            Await.shortly()
                    .until(
                            "it is so, and kept",
                            () -> status(service, basic("ann")) == 200 && isKept());
        }
        auth.stop();

        try (var service = TestApplication.startSecure(settings)) {
            assertThat(status(service, basic("ann"))).isEqualTo(200);
        }
        try (var files = Files.list(directory.resolve("auth-state"))) {
            assertThat(files)
                    .allSatisfy(file ->
                            assertThat(Files.getPosixFilePermissions(file))
                                    .isEqualTo(PosixFilePermissions.fromString("rw-------")));
        }
    }

    /// A bundle is in use a moment before it is in its file.
    private boolean isKept() {
        return Files.exists(directory.resolve("auth-state/bundle"));
    }

    @Test
    void asksForATokenOnceAndAgainWhenItIsRefused() {
        try (var service = TestApplication.startSecure(auth.settings(directory, "meseta-test"))) {
            var own = service.context().getBean(OwnToken.class);
            var first = own.header().orElseThrow();
            assertThat(own.header()).contains(first);
            int before = auth.grants();

            own.refused("Bearer another");
            assertThat(own.header()).contains(first);
            own.refused(first);
            assertThat(own.header()).isPresent().isNotEqualTo(java.util.Optional.of(first));
            assertThat(auth.grants()).isEqualTo(before + 1);
        }
    }

    @Test
    void joinsOnceAsAnAgentAndIsItsKeyFromThenOn() throws IOException {
        var settings = auth.agentSettings(directory);
        try (var service = TestApplication.startSecure(settings)) {
            Await.shortly()
                    .until(
                            "it is so, and kept",
                            () ->
                                    ask(service, "/actuator/health/readiness", "").contains(" 200 ")
                                            && isKept());
        }
        Files.delete(directory.resolve("join-token"));
        Files.delete(directory.resolve("auth-state/bundle"));

        try (var service = TestApplication.startSecure(settings)) {
            Await.shortly()
                    .until(
                            "it is so",
                            () -> ask(service, "/actuator/health/readiness", "").contains(" 200 "));
        }
        assertThat(auth.joins()).isEqualTo(1);
        assertThat(Files.getPosixFilePermissions(directory.resolve("auth-state/agent.key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    private static int status(TestApplication.Running service, String authorization) {
        var answer = ask(service, "/master/whoami", authorization);
        return Integer.parseInt(answer.substring(9, 12));
    }

    private static String ask(TestApplication.Running service, String path, String authorization) {
        var header = authorization.isEmpty() ? "" : "Authorization: " + authorization + "\n";
        try {
            return RawClient.ask(
                    service.port(),
                    "GET " + path + " HTTP/1.1\nHost: x\nConnection: close\n" + header + "\n");
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
