package io.meseta.images.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meseta.images.TarMaker;
import io.meseta.images.reference.ImageFault;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class TarReaderTest {

    private static final long TERABYTE = 1L << 40;

    /// A header, and then zeros for ever; who reads is interrupted when it has had some of them.
    private static final class Endless extends InputStream {
        private final byte[] header;
        private long at;

        Endless(byte[] header) {
            this.header = header;
        }

        @Override
        public int read() {
            return at < header.length ? Byte.toUnsignedInt(header[(int) at++]) : zero(1);
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (at < header.length) {
                into[offset] = (byte) read();
                return 1;
            }
            Arrays.fill(into, offset, offset + length, (byte) 0);
            zero(length);
            return length;
        }

        private int zero(int length) {
            at += length;
            if (at > 4 << 20) Thread.currentThread().interrupt();
            return 0;
        }
    }

    @Test
    @Timeout(20)
    void stopsInTheMiddleOfAHugeEntryThatNobodyWaitsForAnyMore() throws IOException {
        var header = Arrays.copyOf(new TarMaker().lying('0', "huge", TERABYTE).done(), 512);
        var stream = new Endless(header);
        var reader = new TarReader(stream);
        assertThat(reader.next()).isPresent();

        var fault = catchThrowableOfType(ImageFault.class, reader::next);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(fault.kind()).isEqualTo(ImageFault.Kind.CANCELLED);
        assertThat(stream.at).isLessThan(16 << 20);
    }
}
