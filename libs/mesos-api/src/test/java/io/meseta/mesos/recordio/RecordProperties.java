package io.meseta.mesos.recordio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RecordProperties {

    private static final int ROUNDS = 300;

    @Test
    void decodesTheSameRecordsHoweverTheStreamIsSplit() throws IOException {
        for (long seed = 0; seed < ROUNDS; seed++) {
            var random = new SplittableRandom(seed);
            var records = records(random);
            var stream = framed(records);
            var decoder = new RecordDecoder(20_000);
            var decoded = new ArrayList<byte[]>();

            for (int at = 0; at < stream.length; ) {
                int count = Math.min(stream.length - at, random.nextInt(pieceMax(random)));
                decoded.addAll(decoder.feed(ByteBuffer.wrap(stream, at, count)));
                at += count;
            }
            decoder.end();

            assertThat(decoded).as("seed %d", seed).containsExactlyElementsOf(records);
        }
    }

    @Test
    void readsTheSameRecordsHoweverTheStreamArrives() throws IOException {
        for (long seed = 0; seed < ROUNDS; seed++) {
            var random = new SplittableRandom(seed);
            var records = records(random);
            var read = new ArrayList<byte[]>();

            try (var reader = new RecordReader(dribbling(framed(records), random), 20_000)) {
                for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                    read.add(next.get());
                }
            }

            assertThat(read).as("seed %d", seed).containsExactlyElementsOf(records);
        }
    }

    @Test
    void throwsNothingButItsOwnErrorOnRubbish() {
        for (long seed = 0; seed < 20 * ROUNDS; seed++) {
            var random = new SplittableRandom(seed);
            var rubbish = new byte[random.nextInt(40)];
            for (int i = 0; i < rubbish.length; i++) {
                rubbish[i] = (byte) "0123456789\nxyz ".charAt(random.nextInt(15));
            }
            var decoder = new RecordDecoder(50);

            try {
                for (var record : decoder.feed(rubbish)) {
                    assertThat(record.length).as("seed %d", seed).isLessThanOrEqualTo(50);
                }
                decoder.end();
            } catch (MalformedRecord malformed) {
                assertThat(malformed).as("seed %d", seed).hasMessageMatching("[A-Z].{10,}");
            }
        }
    }

    private static int pieceMax(SplittableRandom random) {
        return random.nextBoolean() ? 4 : 15_000;
    }

    private static List<byte[]> records(SplittableRandom random) {
        var records = new ArrayList<byte[]>();
        int count = random.nextInt(10);
        for (int i = 0; i < count; i++) {
            var record = new byte[random.nextInt(random.nextBoolean() ? 20 : 20_000)];
            random.nextBytes(record);
            records.add(record);
        }
        return records;
    }

    private static byte[] framed(List<byte[]> records) throws IOException {
        var out = new ByteArrayOutputStream();
        for (var record : records) RecordWriter.frame(record, out);
        return out.toByteArray();
    }

    /// A stream that hands out what it likes, as sockets do.
    private static InputStream dribbling(byte[] bytes, SplittableRandom random) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1 + random.nextInt(5_000)));
            }
        };
    }
}
