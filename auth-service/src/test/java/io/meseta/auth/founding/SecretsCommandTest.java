package io.meseta.auth.founding;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.auth.keys.KeyMaking;
import io.meseta.auth.secrets.PhcText;
import io.meseta.auth.secrets.Seal;
import io.meseta.auth.secrets.SecretHashes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class SecretsCommandTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final List<String> FILES =
            List.of(
                    "administrator/name",
                    "administrator/password",
                    "agent/join-token",
                    "agent/trust",
                    "auth/bootstrap.json",
                    "auth/bundle-key.pem",
                    "auth/database.properties",
                    "auth/seal",
                    "cli/meseta-cli.secret",
                    "gateway/secret",
                    "gateway/trust",
                    "master/database.properties",
                    "master/secret",
                    "master/trust",
                    "postgres/meseta",
                    "postgres/meseta_auth",
                    "postgres/superuser");

    private static final List<String> TOGETHER =
            List.of(
                    "administrator-password",
                    "bootstrap.json",
                    "bundle-key.pem",
                    "join-token",
                    "meseta-cli.secret",
                    "meseta-gateway.secret",
                    "meseta-master.secret",
                    "seal",
                    "trust");

    @TempDir Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void makesAFileForEachReaderThatOnlyItsOwnerMayRead() throws IOException {
        assertThat(run(false, "--out", directory.toString())).isZero();

        assertThat(contents().keySet()).containsExactlyElementsOf(FILES);
        for (var file : FILES) {
            var path = directory.resolve(file);
            assertThat(mode(path)).as(file).isEqualTo("r--------");
            assertThat(mode(path.resolveSibling("."))).as(file).isEqualTo("rwx------");
        }
    }

    @Test
    void printsNoSecret() throws IOException {
        run(false, "--out", directory.toString());

        var printed =
                out.toString(StandardCharsets.ISO_8859_1) + err.toString(StandardCharsets.UTF_8);
        var contents = contents();
        contents.remove("administrator/name");
        for (var secret : contents.values()) assertThat(printed).doesNotContain(secret);
    }

    @Test
    void makesThemOnce() throws IOException {
        run(false, "--out", directory.toString());
        var before = contents();

        assertThat(run(false, "--out", directory.toString())).isZero();
        assertThat(contents()).isEqualTo(before);
        assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("are kept.\n");
    }

    @Test
    void makesAllAnewWhereNothingWasFinished() throws IOException {
        run(false, "--out", directory.toString());
        var before = contents();
        Files.delete(directory.resolve("auth/bootstrap.json"));

        assertThat(run(false, "--out", directory.toString())).isZero();
        assertThat(contents().get("gateway/secret")).isNotEqualTo(before.get("gateway/secret"));
        assertThat(contents().keySet()).containsExactlyElementsOf(FILES);
    }

    @Test
    void refusesToMakeALostOneAgain() throws IOException {
        run(false, "--out", directory.toString());
        var lost = directory.resolve("gateway/secret");
        Files.delete(lost);

        assertThat(run(false, "--out", directory.toString())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(lost.toString());
        assertThat(lost).doesNotExist();
    }

    @Test
    void gathersInTheBootstrapTheHashesOfWhatOthersHave() throws IOException {
        run(false, "--out", directory.toString(), "--administrator", "ada", "--join-days", "2");

        var bootstrap = JsonMapper.shared().readTree(text("auth/bootstrap.json"));
        assertThat(bootstrap.at("/administrator/name").asString()).isEqualTo("ada");
        assertThat(text("administrator/name")).isEqualTo("ada");
        assertIsHashed(bootstrap.at("/administrator/password_hash"), "administrator/password");
        for (var account : bootstrap.path("service_accounts")) {
            var name = account.path("name").asString();
            var room = name.replace("meseta-", "");
            assertIsHashed(
                    account.path("secret_hash"),
                    room + "/" + (room.equals("cli") ? name + ".secret" : "secret"));
        }
        assertThat(bootstrap.at("/join_tokens/0/expires_at").asString())
                .isEqualTo("2026-11-24T12:00:00Z");
    }

    @Test
    void hasEverybodyTrustTheKeyThatTheAuthServiceHas() throws IOException {
        run(false, "--out", directory.toString());

        var key =
                new KeyMaking(Seal.passing()).read(text("auth/bundle-key.pem"), NOW).orElseThrow();
        var line = key.id() + " " + Base64.getEncoder().encodeToString(key.publicKey().asBytes());
        for (var room : List.of("agent", "gateway", "master")) {
            assertThat(text(room + "/trust")).isEqualTo(line);
        }
    }

    @Test
    void givesDatabaseAndServicesTheSamePasswords() throws IOException {
        run(false, "--out", directory.toString());

        assertThat(text("master/database.properties"))
                .isEqualTo(
                        "spring.datasource.username=meseta\nspring.datasource.password="
                                + text("postgres/meseta"));
        assertThat(text("auth/database.properties"))
                .isEqualTo(
                        "spring.datasource.username=meseta_auth\nspring.datasource.password="
                                + text("postgres/meseta_auth"));
    }

    @Test
    void makesThemSideBySideForOneReader() throws IOException {
        var together = directory.resolve("secrets");

        assertThat(run(false, "--together", together.toString())).isZero();

        assertThat(contents().keySet())
                .containsExactlyElementsOf(
                        TOGETHER.stream().map(file -> "secrets/" + file).toList());
        assertThat(mode(together)).isEqualTo("rwx------");
        for (var file : TOGETHER) assertThat(mode(together.resolve(file))).isEqualTo("rw-------");
        var bootstrap = JsonMapper.shared().readTree(text("secrets/bootstrap.json"));
        assertIsHashed(
                bootstrap.at("/administrator/password_hash"), "secrets/administrator-password");
        assertThat(bootstrap.path("service_accounts").size()).isEqualTo(3);
        for (var account : bootstrap.path("service_accounts")) {
            assertIsHashed(
                    account.path("secret_hash"),
                    "secrets/" + account.path("name").asString() + ".secret");
        }
    }

    @Test
    void keepsThemSideBySideTooButForUnfinishedOnes() throws IOException {
        var together = directory.toString();
        run(false, "--together", together);
        var before = contents();

        assertThat(run(false, "--together", together)).isZero();
        assertThat(contents()).isEqualTo(before);

        Files.delete(directory.resolve("bootstrap.json"));
        assertThat(run(false, "--together", together)).isZero();
        assertThat(contents().get("seal")).isNotEqualTo(before.get("seal"));

        Files.delete(directory.resolve("seal"));
        assertThat(run(false, "--together", together)).isEqualTo(1);
    }

    @Test
    void makesSecretsOfKubernetesThatNobodyCanChange() {
        assertThat(run(false, "--kubernetes", "house")).isZero();

        var list = JsonMapper.shared().readTree(out.toByteArray());
        var files = new TreeMap<String, JsonNode>();
        for (var secret : list.path("items")) {
            assertThat(secret.path("immutable").asBoolean()).isTrue();
            var reader = secret.at("/metadata/name").asString().replace("house-", "");
            secret.path("data")
                    .properties()
                    .forEach(file -> files.put(reader + "/" + file.getKey(), file.getValue()));
        }
        assertThat(files.keySet()).containsExactlyElementsOf(FILES);
    }

    @Test
    void showsSecretsToNobodyWhoWatches() {
        assertThat(run(true, "--kubernetes", "house")).isEqualTo(2);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void saysWhereItCannotWrite() throws IOException {
        var file = Files.writeString(directory.resolve("file"), "x");

        assertThat(run(false, "--out", file.toString())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(file.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--out",
                "--out d --out e",
                "--out d --kubernetes n",
                "--out d --together e",
                "--together d --owner auth=1",
                "--kubernetes N_o",
                "--where d",
                "--out d --join-days 0",
                "--out d --join-days soon",
                "--out d --join-days 99999",
                "--out d --owner auth",
                "--out d --owner auth=-1",
                "--out d --administrator a/b",
            })
    void saysHowItIsUsed(String line) {
        var words = line.isEmpty() ? new String[0] : line.split(" ", -1);

        assertThat(run(false, words)).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("secrets --out DIR");
        assertThat(Path.of("d")).doesNotExist();
    }

    private int run(boolean isSeen, String... words) {
        return new SecretsCommand(() -> NOW, isSeen, stream(out), stream(err)).run(List.of(words));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private void assertIsHashed(JsonNode hash, String file) throws IOException {
        assertThat(PhcText.isAcceptable(hash.asString())).isTrue();
        assertThat(new SecretHashes().matches(text(file), List.of(hash.asString()), 1)).isTrue();
    }

    private String text(String file) throws IOException {
        return Files.readString(directory.resolve(file)).strip();
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    /// As text that keeps every byte, without the line's end.
    private Map<String, String> contents() throws IOException {
        var contents = new TreeMap<String, String>();
        try (var paths = Files.walk(directory)) {
            for (var path : paths.filter(Files::isRegularFile).toList()) {
                var bytes = Files.readAllBytes(path);
                contents.put(
                        directory.relativize(path).toString(),
                        new String(bytes, StandardCharsets.ISO_8859_1).strip());
            }
        }
        return contents;
    }
}
