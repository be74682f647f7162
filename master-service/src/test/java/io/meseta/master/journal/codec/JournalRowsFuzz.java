package io.meseta.master.journal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.reign.Epoch;
import io.meseta.master.engine.Entry;
import io.meseta.master.engine.JournalFault;
import io.meseta.master.journal.v1.EntryRow;
import io.meseta.master.journal.v1.SnapshotRow;
import io.meseta.testkit.RepositoryRoot;
import io.meseta.testkit.fuzz.Choices;
import io.meseta.testkit.fuzz.Fuzz;
import io.meseta.testkit.fuzz.Growth;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The journal's bytes, damaged or well formed and odd: unreadable, said so in one way, or read;
/// and what was read is the same when it is written and read again.
public final class JournalRowsFuzz {

    private static final EntryCodec ENTRIES = new EntryCodec(new Build("1"));
    private static final SnapshotCodec SNAPSHOTS = new SnapshotCodec(new Build("1"));
    private static final List<String> WORDS =
            List.of("a", "dev", "dev/a", "cpus", "[1-2]", "M1-S0", "M1-0000", "t1", "e1");

    private static final Fuzz FUZZ =
            Fuzz.of(
                    JournalRowsFuzz.class,
                    JournalRowsFuzz::fuzzerTestOneInput,
                    JournalRowsFuzz::seeds);

    @TestFactory
    Stream<DynamicTest> takeWhateverComes() {
        return FUZZ.tests(8_000);
    }

    /// Called by the fuzzer.
    public static void fuzzerInitialize() {
        FUZZ.layOutSeeds();
    }

    /// Called by the fuzzer.
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        if (input.length == 0) return;
        var rest = Arrays.copyOfRange(input, 1, input.length);
        var growth = new Growth(new Choices(rest, WORDS));
        switch (input[0] & 3) {
            case 0 -> checkEntry(rest);
            case 1 -> checkSnapshot(rest);
            case 2 -> checkEntry(growth.like(EntryRow.getDefaultInstance()).toByteArray());
            default -> checkSnapshot(snapshot(growth));
        }
    }

    private static byte[] snapshot(Growth growth) throws IOException {
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < 6; i++)
            growth.like(SnapshotRow.getDefaultInstance()).writeDelimitedTo(out);
        return out.toByteArray();
    }

    private static void checkEntry(byte[] bytes) {
        Entry entry;
        try {
            entry = ENTRIES.decode(1, new Epoch(1), bytes);
        } catch (JournalFault.Unreadable unreadable) {
            assertThat(unreadable.getMessage()).isNotEmpty();
            return;
        }
        assertThat(ENTRIES.decode(1, new Epoch(1), ENTRIES.encode(entry))).isEqualTo(entry);
    }

    private static void checkSnapshot(byte[] bytes) throws IOException {
        try {
            var read = SNAPSHOTS.read(new ByteArrayInputStream(bytes));
            var out = new ByteArrayOutputStream();
            SNAPSHOTS.write(read, out);
            var again = SNAPSHOTS.read(new ByteArrayInputStream(out.toByteArray()));
            assertThat(again.cluster().durable()).isEqualTo(read.cluster().durable());
        } catch (JournalFault.Unreadable unreadable) {
            assertThat(unreadable.getMessage()).isNotEmpty();
        }
    }

    private static List<byte[]> seeds() {
        var seeds = new ArrayList<byte[]>();
        var golden = RepositoryRoot.module().resolve("src/test/golden");
        try (var files = Files.walk(golden)) {
            for (var file :
                    files.filter(file -> file.toString().endsWith(".hex")).sorted().toList()) {
                var hex = Files.readString(file).replaceAll("[^0-9a-fA-F]", "");
                boolean isSnapshot = file.toString().contains("snapshot");
                seeds.add(HexFormat.of().parseHex((isSnapshot ? "01" : "00") + hex));
            }
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException("cannot read " + golden, unreadable);
        }
        return seeds;
    }
}
