package io.meseta.images.layers;

import io.meseta.images.reference.ImageFault;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// What comes out of a decompressor. Those were written for friendly input, and throw what they
/// like at hostile input: here all of that is a broken stream.
final class Decompressed extends FilterInputStream {

    Decompressed(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            return in.read(into, offset, length);
        } catch (RuntimeException broken) {
            throw trouble(broken);
        }
    }

    @Override
    public long skip(long wanted) throws IOException {
        try {
            return in.skip(wanted);
        } catch (RuntimeException broken) {
            throw trouble(broken);
        }
    }

    /// Our own faults come from what is decompressed, and mean what they say.
    static IOException trouble(RuntimeException broken) {
        if (broken instanceof ImageFault ours) throw ours;
        return new IOException("not as its compression says", broken);
    }
}
