package io.meseta.agent.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LogRotationIT {

    private static final long MAX = 64 << 10;

    @TempDir private Path sandbox;

    @Test
    void leavesASmallFileAlone() throws Exception {
        Files.writeString(sandbox.resolve("stdout"), "few");

        assertThat(rotation(3, true).rotate(sandbox, "stdout")).isFalse();
        assertThat(rotation(3, true).rotate(sandbox, "stderr")).isFalse();
    }

    /// The file system of a developer's or build machine is ext4 or XFS as a rule; elsewhere a
    /// writer may lose what it writes in the moment of the cut, and this test would say so.
    @Test
    void losesNothingWhileAWriterGoesOn() throws Exception {
        var rotation = rotation(900, false);
        var file = sandbox.resolve("stdout");
        int lines = 60_000;
        var writer =
                new ProcessBuilder(
                                "/bin/sh",
                                "-c",
                                "i=0; while [ $i -lt "
                                        + lines
                                        + " ]; do echo line $i; i=$((i+1)); done")
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(file.toFile()))
                        .start();
        int rotations = 0;
        while (writer.isAlive()) if (rotation.rotate(sandbox, "stdout")) rotations++;

        var all = new ByteArrayOutputStream();
        for (int number = 900; number >= 1; number--) {
            var piece = sandbox.resolve("stdout." + number);
            if (Files.exists(piece)) all.writeBytes(Files.readAllBytes(piece));
        }
        all.writeBytes(Files.readAllBytes(file));
        var expected = new StringBuilder();
        for (int i = 0; i < lines; i++) expected.append("line ").append(i).append('\n');
        assertThat(rotations).isPositive();
        assertThat(all.toString(StandardCharsets.UTF_8)).isEqualTo(expected.toString());
    }

    @Test
    void keepsSoManyPiecesTheNewestFirstAndCompressed() throws Exception {
        var rotation = rotation(2, true);
        for (var letter : new String[] {"a", "b", "c"}) {
            Files.writeString(
                    sandbox.resolve("stdout"),
                    letter.repeat((int) MAX + 1),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            assertThat(rotation.rotate(sandbox, "stdout")).isTrue();
        }

        assertThat(plain("stdout.1.gz")).endsWith("c");
        assertThat(plain("stdout.2.gz")).endsWith("b");
        assertThat(sandbox.resolve("stdout.3.gz")).doesNotExist();
        assertThat(sandbox.resolve(".stdout.rotating")).doesNotExist();
    }

    @Test
    void followsNoLink() throws Exception {
        var outside = Files.createTempFile("outside", ".txt");
        try {
            Files.write(outside, new byte[(int) MAX * 2]);
            Files.createSymbolicLink(sandbox.resolve("stdout"), outside);

            assertThat(rotation(2, true).rotate(sandbox, "stdout")).isFalse();
            assertThat(outside).hasSize(MAX * 2);
        } finally {
            Files.delete(outside);
        }
    }

    private String plain(String name) throws IOException {
        try (var in = new GZIPInputStream(Files.newInputStream(sandbox.resolve(name)))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static LogRotation rotation(int files, boolean isCompressing) {
        return new LogRotation(new LogSettings(MAX, files, isCompressing, Duration.ofSeconds(1)));
    }
}
