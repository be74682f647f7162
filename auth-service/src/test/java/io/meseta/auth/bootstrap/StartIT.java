package io.meseta.auth.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.meseta.auth.testing.FirstFiles;
import io.meseta.auth.testing.TestAuth;
import io.meseta.platform.start.StartRefused;
import io.meseta.testkit.database.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What stops a start, each with one line that says what to do.
final class StartIT {

    @Test
    void refusesAnEmptyDatabaseWithoutABootstrap() {
        var files = TestAuth.freshFiles();

        assertThat(refusal(TestDatabase.fresh(), without(files, "bootstrap")))
                .contains("--meseta.auth.bootstrap")
                .contains("empty");
    }

    @Test
    void refusesToStartWithoutASealOrAFirstKey() {
        var files = TestAuth.freshFiles();
        var database = TestDatabase.fresh();

        assertThat(refusal(database, without(files, "seal-file"))).contains("--meseta.auth.seal");
        assertThat(refusal(database, without(files, "bundle-key-file")))
                .contains("--meseta.auth.bundle-key-file");
    }

    @Test
    void refusesFilesThatOthersCanReadOrThatAreNone() {
        var database = TestDatabase.fresh();
        for (var name : new String[] {"seal", "bundle-key", "bootstrap"}) {
            var files = TestAuth.freshFiles();
            files.allow(name, "rw-r--r--");
            assertThat(refusal(database, files.arguments()))
                    .contains(files.path(name).toString())
                    .contains("chmod 600");
        }
        var missing = new ArrayList<>(without(TestAuth.freshFiles(), "seal-file"));
        missing.add("--meseta.auth.seal-file=/nowhere/at/all");
        assertThat(refusal(database, missing)).contains("/nowhere/at/all").contains("is no file");
    }

    @Test
    void refusesFilesWithTheWrongContent() {
        var database = TestDatabase.fresh();
        for (var wrong :
                List.of(
                        "not json",
                        "{}",
                        "{\"administrator\": {\"name\": \"a\", \"password_hash\": \"plain\"}}",
                        "{\"administrators\": []}")) {
            var files = TestAuth.freshFiles();
            files.write("bootstrap", wrong.getBytes(UTF_8));
            assertThat(refusal(database, files.arguments()))
                    .as(wrong)
                    .contains("meseta.auth.bootstrap")
                    .doesNotContain("plain");
        }
        var files = TestAuth.freshFiles();
        files.write("bundle-key", "no key".getBytes(UTF_8));
        assertThat(refusal(database, files.arguments())).contains("Ed25519");
        files = TestAuth.freshFiles();
        files.write("seal", "short".getBytes(UTF_8));
        assertThat(refusal(database, files.arguments())).contains("32 random bytes");
    }

    @Test
    void startsAgainWithoutTheFirstFilesButNotWithAnotherSeal() {
        var database = TestDatabase.fresh();
        var files = TestAuth.freshFiles();
        try (var first = TestAuth.start(database, files)) {
            assertThat(first.signIn(FirstFiles.ADMIN, FirstFiles.PASSWORD).status()).isEqualTo(201);
        }
        var sealOnly = List.of("--meseta.auth.seal-file=" + files.path("seal"));
        TestAuth.run(database, sealOnly).close();

        files.write("seal", "another seal of thirty-two bytes".getBytes(UTF_8));
        assertThat(refusal(database, sealOnly)).contains("seal-file");
    }

    @Test
    void knowsNobodyInOpenModeAndServes() throws Exception {
        var database = TestDatabase.fresh();
        try (var context = TestAuth.run(database, List.of("--meseta.open=true"));
                var http = HttpClient.newHttpClient()) {
            var port = TestAuth.port(context);
            var users = URI.create("http://127.0.0.1:" + port + "/auth/v1/users");

            var answer = http.send(HttpRequest.newBuilder(users).build(), BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"items\"");
        }
        var both = new ArrayList<>(TestAuth.freshFiles().arguments());
        both.add("--meseta.open=true");
        assertThat(refusal(database, both)).contains("meseta.open=true");
    }

    @Test
    void refusesTyposInSettings() {
        var arguments = new ArrayList<>(TestAuth.freshFiles().arguments());
        arguments.add("--meseta.auth.lifetimes.tokens=1m");

        assertThat(refusal(TestDatabase.fresh(), arguments)).contains("lifetimes.tokens");
    }

    private static List<String> without(FirstFiles files, String setting) {
        return files.arguments().stream()
                .filter(each -> !each.startsWith("--meseta.auth." + setting + "="))
                .toList();
    }

    private static String refusal(TestDatabase database, List<String> arguments) {
        var failure = catchThrowable(() -> TestAuth.run(database, arguments).close());
        for (var at = failure; at != null; at = at.getCause()) {
            if (at instanceof StartRefused refused) {
                assertThat("" + refused.getMessage()).doesNotContain("\n");
                return "" + refused.getMessage();
            }
        }
        throw new AssertionError("not refused in one line", failure);
    }
}
