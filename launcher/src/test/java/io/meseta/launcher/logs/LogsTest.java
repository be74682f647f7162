package io.meseta.launcher.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogsTest {

    @TempDir private Path directory;

    @Test
    void cutsALogThatIsTooLongAndKeepsOneOlder() throws IOException {
        var log = directory.resolve("a.log");
        Files.writeString(log, "0123456789");
        var rotation = new LogRotation(directory);

        rotation.rotate(10);
        assertThat(log).hasContent("0123456789");
        rotation.rotate(9);

        assertThat(log).isEmptyFile();
        assertThat(directory.resolve("a.log.1")).hasContent("0123456789");
    }

    @Test
    void followsAFileThroughItsRotation() throws IOException {
        var log = directory.resolve("a.log");
        Files.writeString(log, "one\ntwo\nthree\n");
        var tail = FileTail.fromLines(log, 2);

        assertThat(tail.next()).isEqualTo("two\nthree\n");
        assertThat(tail.next()).isEmpty();
        Files.writeString(log, "four\n", StandardOpenOption.APPEND);
        assertThat(tail.next()).isEqualTo("four\n");
        Files.writeString(log, "new\n");
        assertThat(tail.next()).isEqualTo("new\n");
    }

    @Test
    void showsAsManyLinesAsThereAre() throws IOException {
        var log = directory.resolve("a.log");
        Files.writeString(log, "one\ntwo");

        assertThat(FileTail.fromLines(log, 9).next()).isEqualTo("one\ntwo");
        assertThat(FileTail.fromLines(log, 1).next()).isEqualTo("two");
        assertThat(FileTail.fromLines(log, 0).next()).isEmpty();
        assertThat(FileTail.fromLines(directory.resolve("none"), 5).next()).isEmpty();
    }
}
