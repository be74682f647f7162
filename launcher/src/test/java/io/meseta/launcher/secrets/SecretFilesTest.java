package io.meseta.launcher.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.client.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretFilesTest {

    @TempDir private Path directory;

    @Test
    void areForOurEyesOnly() throws IOException {
        var files = SecretFiles.in(directory.resolve("secrets"));

        assertThat(Files.getPosixFilePermissions(files.directory()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        try (var all = Files.list(files.directory())) {
            assertThat(all)
                    .hasSize(9)
                    .allSatisfy(file ->
                            assertThat(Files.getPosixFilePermissions(file))
                                    .isEqualTo(PosixFilePermissions.fromString("rw-------")));
        }
    }

    @Test
    void areAllDifferentAndInNoOtherFile() throws IOException {
        var files = SecretFiles.in(directory.resolve("secrets"));
        var bootstrap = Files.readString(files.bootstrap());
        var seen = new HashSet<String>();

        for (var file :
                new Path[] {
                    files.administratorPassword(),
                    files.joinToken(),
                    files.secret(SecretFiles.MASTER),
                    files.secret(SecretFiles.GATEWAY),
                    files.secret(SecretFiles.CLI)
                }) {
            var secret = Files.readString(file).strip();
            assertThat(secret).hasSize(43);
            assertThat(bootstrap).doesNotContain(secret);
            assertThat(seen.add(secret)).isTrue();
        }
        assertThat(
                        Json.parse(bootstrap)
                                .member("administrator")
                                .orElseThrow()
                                .textOf("password_hash"))
                .hasValueSatisfying(
                        hash -> assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
    }

    @Test
    void stayAsTheyAre() throws IOException {
        var first = SecretFiles.in(directory.resolve("secrets"));
        var seal = Files.readAllBytes(first.seal());

        var second = SecretFiles.in(directory.resolve("secrets"));

        assertThat(Files.readAllBytes(second.seal())).isEqualTo(seal);
    }

    @Test
    void nameTheTrustAsTheAuthServiceDoes() throws IOException {
        var files = SecretFiles.in(directory.resolve("secrets"));

        assertThat(Files.readString(files.trust()))
                .matches("bundle-[0-9a-f]{16} [A-Za-z0-9+/=]{60}\n");
    }
}
