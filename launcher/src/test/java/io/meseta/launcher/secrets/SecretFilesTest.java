package io.meseta.launcher.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the command makes is tested where it is at home; here, that it is asked, and once.
final class SecretFilesTest {

    @TempDir private Path directory;

    @Test
    void areMadeByTheCommandAtTheFirstTime() throws Exception {
        var files = SecretFiles.in(secrets(), command("echo \"$@\" > \"$2/bootstrap.json\""));

        assertThat(Files.readString(files.bootstrap()))
                .isEqualTo("--together " + secrets() + " --administrator admin --join-days 3650\n");
    }

    @Test
    void stayAsTheyAre() throws Exception {
        Files.writeString(Files.createDirectories(secrets()).resolve("bootstrap.json"), "{}");

        var files = SecretFiles.in(secrets(), command("exit 3"));

        assertThat(Files.readString(files.bootstrap())).isEqualTo("{}");
    }

    @Test
    void sayWhyTheyCouldNotBeMade() {
        assertThatThrownBy(() -> SecretFiles.in(secrets(), command("echo no room; exit 1")))
                .isInstanceOf(IOException.class)
                .hasMessage("ended with 1: no room");
        assertThatThrownBy(() -> SecretFiles.in(secrets(), command("true")))
                .isInstanceOf(IOException.class);
    }

    private Path secrets() {
        return directory.resolve("secrets");
    }

    private List<String> command(String script) {
        return List.of("sh", "-c", "mkdir -p \"$2\"; " + script, "secrets");
    }
}
