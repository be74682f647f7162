package io.meseta.agent.checkpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is written once lasts, whatever of the files the machine has lost when it stopped.
class CheckpointLogTest {

    private static final String ONE = "tasks/" + new UUID(0, 1);
    private static final String TWO = "executors/" + new UUID(0, 2);

    @TempDir private Path meta;

    @BeforeEach
    void makeDirectories() throws IOException {
        Files.createDirectories(meta.resolve("tasks"));
        Files.createDirectories(meta.resolve("executors"));
    }

    private static Map<String, Optional<byte[]>> batch(String... namesAndTexts) {
        var batch = new LinkedHashMap<String, Optional<byte[]>>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            var text = namesAndTexts[i + 1];
            batch.put(
                    namesAndTexts[i],
                    text.isEmpty() ? Optional.empty() : Optional.of(text.getBytes(US_ASCII)));
        }
        return batch;
    }

    private String text(String name) {
        return CheckpointFile.read(meta.resolve(name))
                .map(bytes -> new String(bytes, US_ASCII))
                .orElse("");
    }

    /// As a power cut may: what nobody has waited for is gone, or is rubbish.
    private void loseFiles() throws IOException {
        Files.deleteIfExists(meta.resolve(ONE));
        Files.write(meta.resolve(TWO), new byte[0]);
        Files.deleteIfExists(meta.resolve("agent"));
    }

    /// Leaves the files as a killed process does.
    private void write(int batches) throws IOException {
        var files = CheckpointFiles.open(meta);
        if (batches > 0) files.write(batch(ONE, "one", "agent", "first"));
        if (batches > 1) files.write(batch(TWO, "two", "agent", "second"));
        if (batches > 2) files.write(batch(ONE, "", TWO, "more"));
    }

    @Test
    void restoresAllBatchesInTheirOrder() throws IOException {
        write(3);
        loseFiles();

        try (var _ = CheckpointFiles.open(meta)) {
            assertThat(text("agent")).isEqualTo("second");
            assertThat(meta.resolve(ONE)).doesNotExist();
            assertThat(text(TWO)).isEqualTo("more");
        }
    }

    @Test
    void forgetsABatchThatACrashHasCutOffAndNoOther() throws IOException {
        write(2);
        var whole = Files.readAllBytes(meta.resolve("log"));
        Files.delete(meta.resolve("log"));
        write(1);
        int first = (int) Files.size(meta.resolve("log"));

        for (int length = first; length < whole.length; length++) {
            Files.write(meta.resolve("log"), Arrays.copyOf(whole, length));
            loseFiles();
            try (var log = CheckpointLog.open(meta.resolve("log"))) {
                assertThat(log.read()).as("of %s bytes", length).hasSize(1);
            }
        }
        try (var _ = CheckpointFiles.open(meta)) {
            assertThat(text("agent")).isEqualTo("first");
        }
    }

    @Test
    void takesNoBatchOfWhichABitIsWrong() throws IOException {
        write(1);
        var whole = Files.readAllBytes(meta.resolve("log"));
        for (int i = 0; i < whole.length; i++) {
            var damaged = whole.clone();
            damaged[i] ^= 1;
            Files.write(meta.resolve("log"), damaged);
            try (var log = CheckpointLog.open(meta.resolve("log"))) {
                assertThat(log.read()).as("byte %s", i).isEmpty();
            }
        }
    }

    /// What is written holds what tenants have sent, which may look like an entry.
    @Test
    void takesNothingForAnEntryThatAnotherHasLeft() throws IOException {
        write(2);
        var two = Files.readAllBytes(meta.resolve("log"));
        Files.delete(meta.resolve("log"));
        write(1);
        int first = (int) Files.size(meta.resolve("log"));
        var second = Arrays.copyOfRange(two, first, two.length);
        var torn = ByteBuffer.allocate(two.length + second.length);
        torn.put(two, 0, first).put(new byte[second.length]).put(second);
        Files.write(meta.resolve("log"), torn.array());

        try (var log = CheckpointLog.open(meta.resolve("log"))) {
            assertThat(log.read()).hasSize(1);
            assertThat(log.append(batch(TWO, "two", "agent", "second"), true)).isTrue();
        }
        try (var log = CheckpointLog.open(meta.resolve("log"))) {
            assertThat(log.read()).hasSize(2);
        }
    }

    /// What is only of runs is not waited for, and yet a stop of the machine leaves no file half
    /// written: the log has, on the disk, what it was.
    @Test
    void mendsFilesToWhatTheyWereBeforeWhatNobodyHasWaitedFor() throws IOException {
        write(2);
        var lasting = Files.size(meta.resolve("log"));
        CheckpointFiles.open(meta).writeSoon(batch(ONE, "soon", TWO, ""));

        CheckpointFiles.open(meta);
        assertThat(text(ONE)).as("after the end of the process alone").isEqualTo("soon");
        assertThat(meta.resolve(TWO)).doesNotExist();

        try (var log = FileChannel.open(meta.resolve("log"), StandardOpenOption.WRITE)) {
            log.truncate(lasting);
        }
        loseFiles();

        try (var _ = CheckpointFiles.open(meta)) {
            assertThat(text(ONE)).as("after a stop of the machine").isEqualTo("one");
            assertThat(text(TWO)).isEqualTo("two");
        }
    }

    @Test
    void goesOnBehindWhatIsThere() throws IOException {
        write(1);
        write(2);
        loseFiles();

        try (var _ = CheckpointFiles.open(meta)) {
            assertThat(text(ONE)).isEqualTo("one");
            assertThat(text(TWO)).isEqualTo("two");
        }
    }

    @Test
    void isEmptyAfterAnOrderlyEnd() throws IOException {
        try (var files = CheckpointFiles.open(meta)) {
            files.write(batch(ONE, "one"));
        }

        assertThat(meta.resolve("log")).isEmptyFile();
        assertThat(text(ONE)).isEqualTo("one");
    }

    /// Half of a batch must not count: once the log has it, all of it has happened.
    @Test
    void hasABatchWhoseFilesCanNotFollow() throws IOException {
        var inTheWay = Files.createDirectories(meta.resolve(ONE).resolve("full"));
        try (var files = CheckpointFiles.open(meta)) {
            files.write(batch(ONE, "one", TWO, "two"));
            Files.delete(inTheWay);
            Files.delete(meta.resolve(ONE));
            files.write(batch("agent", "later"));

            assertThat(text(ONE)).isEqualTo("one");
            assertThat(text(TWO)).isEqualTo("two");
        }
    }

    @Test
    void neverGrowsBeyondItsBounds() throws IOException {
        var large = "x".repeat(CheckpointLog.BYTES_MAX / 3);
        try (var files = CheckpointFiles.open(meta)) {
            for (int i = 0; i < 10; i++) {
                files.write(batch(ONE, i + large));
                assertThat(Files.size(meta.resolve("log")))
                        .isLessThanOrEqualTo(CheckpointLog.BYTES_MAX);
            }
            files.write(batch(TWO, large.repeat(4)));

            assertThat(text(ONE)).startsWith("9x");
            assertThat(text(TWO)).hasSize(4 * large.length());
        }
    }

    @Test
    void writesNothingElsewhere() throws IOException {
        try (var files = CheckpointFiles.open(meta)) {
            assertThatThrownBy(() -> files.write(batch("../elsewhere", "x")))
                    .isInstanceOf(IOException.class);
        }
        assertThat(meta.resolve("../elsewhere")).doesNotExist();
    }
}
