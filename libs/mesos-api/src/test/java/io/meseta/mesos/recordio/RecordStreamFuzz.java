package io.meseta.mesos.recordio;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.testkit.fuzz.Choices;
import io.meseta.testkit.fuzz.Fuzz;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// A stream in whatever pieces: the same records come out, and then the same fault, as when it
/// comes byte by byte or is read as a whole; and what came out, framed again, is the stream.
public final class RecordStreamFuzz {

    private static final List<Integer> LIMITS = List.of(50, 0, 1, 9_000, Integer.MAX_VALUE);
    private static final int PIECES_MAX = 8;

    private static final Fuzz FUZZ =
            Fuzz.of(
                    RecordStreamFuzz.class,
                    RecordStreamFuzz::fuzzerTestOneInput,
                    RecordStreamFuzz::seeds);

    /// What came of a stream.
    private record Outcome(List<String> records, Optional<MalformedRecord.Fault> fault) {}

    @TestFactory
    Stream<DynamicTest> takesWhateverComes() {
        return FUZZ.tests(8_000);
    }

    /// Called by the fuzzer.
    public static void fuzzerInitialize() {
        FUZZ.layOutSeeds();
    }

    /// Called by the fuzzer.
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        var choices = new Choices(input, List.of(""));
        int limit = choices.of(LIMITS);
        var pieces = new ArrayList<Integer>();
        for (int i = 0; i < PIECES_MAX; i++) pieces.add(choices.below(20));
        var stream = choices.rest();

        var whole = read(stream, limit);

        assertThat(fed(stream, limit, List.of(1))).as("byte by byte").isEqualTo(whole);
        var inPieces = fed(stream, limit, pieces);
        assertThat(inPieces.fault()).as("in pieces").isEqualTo(whole.fault());
        // Records that a bad piece has completed before its fault are lost with it.
        assertThat(whole.records().subList(0, inPieces.records().size()))
                .as("in pieces")
                .isEqualTo(inPieces.records());
        if (whole.fault().isEmpty()) {
            assertThat(inPieces).isEqualTo(whole);
            checkFramedAgain(whole, limit);
        }
    }

    private static void checkFramedAgain(Outcome whole, int limit) throws IOException {
        var again = new ArrayList<Byte>();
        for (var record : whole.records())
            for (byte each : RecordWriter.frame(record.getBytes(StandardCharsets.ISO_8859_1)))
                again.add(each);
        var bytes = new byte[again.size()];
        for (int i = 0; i < bytes.length; i++) bytes[i] = again.get(i);
        assertThat(read(bytes, limit)).as("framed again").isEqualTo(whole);
    }

    private static Outcome read(byte[] stream, int limit) throws IOException {
        var records = new ArrayList<String>();
        try (var reader = new RecordReader(new ByteArrayInputStream(stream), limit)) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                assertThat(next.get().length).isLessThanOrEqualTo(limit);
                records.add(text(next.get()));
            }
            return new Outcome(records, Optional.empty());
        } catch (MalformedRecord malformed) {
            return new Outcome(records, Optional.of(malformed.fault()));
        }
    }

    private static Outcome fed(byte[] stream, int limit, List<Integer> pieces) {
        var records = new ArrayList<String>();
        var decoder = new RecordDecoder(limit);
        try {
            int piece = 0;
            for (int at = 0; at < stream.length; ) {
                // A row of empty pieces would never end.
                int wanted = Math.max(pieces.get(piece++ % pieces.size()), piece % 2);
                int count = Math.min(wanted, stream.length - at);
                for (var record : decoder.feed(ByteBuffer.wrap(stream, at, count)))
                    records.add(text(record));
                at += count;
            }
            decoder.end();
            return new Outcome(records, Optional.empty());
        } catch (MalformedRecord malformed) {
            return new Outcome(records, Optional.of(malformed.fault()));
        }
    }

    private static String text(byte[] record) {
        return new String(record, StandardCharsets.ISO_8859_1);
    }

    private static List<byte[]> seeds() {
        return Stream.of(
                        "\0\1\2\3\4\5\6\7\10" + "3\nabc0\n12\nabcdefghijkl",
                        "\3\23\23\23\23\23\23\23\23" + "121\n" + "x".repeat(121) + "1\ny",
                        "\0\1\1\1\1\1\1\1\1" + "99999999999\nx",
                        "\1\1\1\1\1\1\1\1\1" + "\n",
                        "\4\1\1\1\1\1\1\1\1" + "2147483647\nx",
                        "\2\1\1\1\1\1\1\1\1" + "0000000001\nx-1\n")
                .map(each -> each.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }
}
