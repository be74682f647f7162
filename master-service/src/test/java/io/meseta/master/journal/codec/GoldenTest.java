package io.meseta.master.journal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.reign.FeatureLevel;
import io.meseta.master.core.reign.FeatureLevels;
import io.meseta.master.engine.Entry;
import io.meseta.master.engine.JournalFault;
import io.meseta.master.engine.Snapshot;
import io.meseta.master.journal.v1.EventRow;
import io.meseta.testkit.RepositoryRoot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Rows that were written once and must stay readable for ever.
///
/// `src/test/golden/journal` holds one file for each kind of event and each time that its form has
/// grown: `task_launched-1.hex`. Files are only ever added. A run with `-Dmeseta.golden.write=true`
/// writes those that a new kind lacks.
final class GoldenTest {

    private static final long SEQUENCE = 60;
    private static final Epoch EPOCH = new Epoch(3);
    private static final Build BUILD = new Build("0.1.0");
    private static final int LINE_CHARACTERS = 96;

    private final EntryCodec codec = new EntryCodec(BUILD);
    private final SnapshotCodec snapshots = new SnapshotCodec(BUILD);

    @TestFactory
    Stream<DynamicTest> readsEveryEventThatWasEverWritten() throws IOException {
        return files("journal")
                .map(file ->
                        DynamicTest.dynamicTest(
                                name(file),
                                () -> {
                                    var entry = codec.decode(1, EPOCH, bytes(file));

                                    assertThat(entry.events()).hasSize(1);
                                    assertThat(kind(entry)).isEqualTo(kind(file));
                                }));
    }

    /// The first form of each kind means what it meant when it was written.
    @TestFactory
    Stream<DynamicTest> readsTheFirstFormsAsTheyWereMeant() {
        return samples().stream()
                .map(sample ->
                        DynamicTest.dynamicTest(
                                kind(sample),
                                () -> {
                                    var file = file("journal", kind(sample) + "-1.hex");
                                    writeIfWanted(file, codec.encode(sample));

                                    assertThat(codec.decode(1, EPOCH, bytes(file)))
                                            .isEqualTo(sample);
                                }));
    }

    @TestFactory
    Stream<DynamicTest> readsGrownFormsAsTheyWereMeant() {
        return GoldenSamples.grown().entrySet().stream()
                .map(sample ->
                        DynamicTest.dynamicTest(
                                sample.getKey(),
                                () -> {
                                    var entry =
                                            new Entry(
                                                    1,
                                                    EPOCH,
                                                    GoldenValues.AT,
                                                    List.of(sample.getValue()));
                                    var file = file("journal", sample.getKey() + ".hex");
                                    writeIfWanted(file, codec.encode(entry));

                                    assertThat(codec.decode(1, EPOCH, bytes(file)))
                                            .isEqualTo(entry);
                                }));
    }

    /// Operators want operations, too, which then are nobody's: the form has grown by an absence.
    @Test
    void readsAnOperationThatAnOperatorWants() throws IOException {
        var entry = new Entry(1, EPOCH, GoldenValues.AT, List.of(GoldenSamples.wantedByNobody()));
        var file = file("journal", "operation_ordered-2.hex");
        writeIfWanted(file, codec.encode(entry));

        assertThat(codec.decode(1, EPOCH, bytes(file))).isEqualTo(entry);
    }

    @Test
    void hasAFileForEachKindOfEvent() throws IOException {
        var kinds =
                Arrays.stream(EventRow.EventCase.values())
                        .filter(each -> each != EventRow.EventCase.EVENT_NOT_SET)
                        .map(each -> each.name().toLowerCase(Locale.ROOT));

        assertThat(files("journal").map(GoldenTest::kind)).containsAll(kinds.toList());
    }

    @Test
    void readsEverySnapshotThatWasEverWritten() throws IOException {
        var state = GoldenSamples.state();
        var first = file("snapshot", "snapshot-1.hex");
        writeIfWanted(first, bytes(new Snapshot(SEQUENCE, GoldenValues.AT, state)));

        var later = GoldenSamples.stateWithOperations();
        var second = file("snapshot", "snapshot-2.hex");
        writeIfWanted(second, bytes(new Snapshot(SEQUENCE, GoldenValues.AT, later)));

        var latest = GoldenSamples.stateWithRoles();
        var third = file("snapshot", "snapshot-3.hex");
        writeIfWanted(third, bytes(new Snapshot(SEQUENCE, GoldenValues.AT, latest)));
        var upkeep = UpkeepSamples.state();
        var fourth = file("snapshot", "snapshot-70.hex");
        writeIfWanted(fourth, bytes(new Snapshot(SEQUENCE, GoldenValues.AT, upkeep)));

        for (var file : files("snapshot").toList())
            assertThat(snapshots.read(new ByteArrayInputStream(bytes(file))).sequence())
                    .isEqualTo(SEQUENCE);
        var read = snapshots.read(new ByteArrayInputStream(bytes(first)));
        assertThat(read.cluster().durable()).isEqualTo(state.durable());
        assertThat(snapshots.read(new ByteArrayInputStream(bytes(second))).cluster().durable())
                .isEqualTo(later.durable());
        assertThat(snapshots.read(new ByteArrayInputStream(bytes(third))).cluster().durable())
                .isEqualTo(latest.durable());
        assertThat(snapshots.read(new ByteArrayInputStream(bytes(fourth))).cluster().durable())
                .isEqualTo(upkeep.durable());
    }

    @Test
    void readsTheFirstSnapshotWithRolesThatShare() throws IOException {
        var state = SharingSamples.state();
        var file = file("snapshot", "sharing-1.hex");
        writeIfWanted(file, bytes(new Snapshot(SEQUENCE, GoldenValues.AT, state)));

        assertThat(snapshots.read(new ByteArrayInputStream(bytes(file))).cluster().durable())
                .isEqualTo(state.durable());
    }

    @Test
    void readsTheFirstSnapshotWithALevel() throws IOException {
        var levels = new FeatureLevels(FeatureLevel.FIRST, new FeatureLevel(2));
        var later = new SnapshotCodec(new Build("2.0.0", levels));
        var state = LevelSamples.state();
        var file = file("snapshot", "level/level-1.hex");
        writeIfWanted(file, bytes(new Snapshot(SEQUENCE, GoldenValues.AT, state)));

        assertThat(later.read(new ByteArrayInputStream(bytes(file))).cluster().durable())
                .isEqualTo(state.durable());
        assertThatThrownBy(() -> snapshots.read(new ByteArrayInputStream(bytes(file))))
                .isInstanceOf(JournalFault.Unreadable.class)
                .hasMessage(
                        "a snapshot is at feature level 2, and build 0.1.0 reads levels 1 to 1:"
                                + " run build 0.1.0");
    }

    @Test
    void readsTheFirstSnapshotWithExecutors() throws IOException {
        var state = GoldenSamples.stateWithExecutors();
        var file = file("snapshot", "executors-1.hex");
        writeIfWanted(file, bytes(new Snapshot(SEQUENCE, GoldenValues.AT, state)));

        assertThat(snapshots.read(new ByteArrayInputStream(bytes(file))).cluster().durable())
                .isEqualTo(state.durable());
    }

    private static List<Entry> samples() {
        return Stream.of(
                        GoldenSamples.events(),
                        GoldenSamples.operationEvents(),
                        GoldenSamples.roleEvents(),
                        GoldenSamples.updateEvents(),
                        UpkeepSamples.events(),
                        SharingSamples.events(),
                        LevelSamples.events(),
                        GoldenSamples.executorEvents())
                .flatMap(List::stream)
                .map(each -> new Entry(1, EPOCH, GoldenValues.AT, List.of(each)))
                .toList();
    }

    private static String kind(Entry entry) {
        var row = EventRows.of(entry.events().getFirst());
        return row.getEventCase().name().toLowerCase(Locale.ROOT);
    }

    private static String kind(Path file) {
        var name = name(file);
        return name.substring(0, name.lastIndexOf('-'));
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private byte[] bytes(Snapshot snapshot) throws IOException {
        var out = new ByteArrayOutputStream();
        snapshots.write(snapshot, out);
        return out.toByteArray();
    }

    private static byte[] bytes(Path file) throws IOException {
        return HexFormat.of().parseHex(Files.readString(file).replaceAll("\\s", ""));
    }

    private static Stream<Path> files(String kind) throws IOException {
        try (var files = Files.list(file(kind, ""))) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        }
    }

    private static Path file(String kind, String name) {
        return RepositoryRoot.module().resolve("src/test/golden").resolve(kind).resolve(name);
    }

    private static void writeIfWanted(Path file, byte[] bytes) throws IOException {
        if (!Boolean.getBoolean("meseta.golden.write") || Files.exists(file)) return;
        var hex = HexFormat.of().formatHex(bytes);
        var lines = hex.replaceAll("(.{" + LINE_CHARACTERS + "})", "$1\n").strip();
        Files.writeString(file, lines + "\n");
    }
}
