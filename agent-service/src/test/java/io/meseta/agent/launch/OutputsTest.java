package io.meseta.agent.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputsTest {

    @TempDir private Path sandbox;

    @Test
    void leadsToTheFileThatWasLookedAt() throws Exception {
        var file = Files.writeString(sandbox.resolve("stdout"), "one ");
        try (var held = Outputs.hold(sandbox, "stdout")) {
            Files.move(file, sandbox.resolve("moved"));
            Files.createSymbolicLink(file, sandbox.resolve("elsewhere"));
            Files.writeString(held.path(), "two", StandardOpenOption.APPEND);
        }

        assertThat(sandbox.resolve("moved")).hasContent("one two");
        assertThat(sandbox.resolve("elsewhere")).doesNotExist();
    }

    @Test
    void isNoLinkNoDirectoryAndNobodyElsesFile() throws Exception {
        Files.createSymbolicLink(sandbox.resolve("stdout"), Path.of("/etc/passwd"));
        Files.createDirectory(sandbox.resolve("stderr"));

        assertThatThrownBy(() -> Outputs.hold(sandbox, "stdout")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Outputs.hold(sandbox, "stderr")).isInstanceOf(IOException.class);

        assumeTrue(System.getProperty("user.name").equals("root"), "SKIPPED: not root");
        Files.delete(sandbox.resolve("stdout"));
        Files.writeString(sandbox.resolve("stdout"), "of root");
        Files.setAttribute(sandbox, "unix:uid", 1815);
        assertThatThrownBy(() -> Outputs.hold(sandbox, "stdout"))
                .hasMessageContaining("not the task's own file");
    }
}
