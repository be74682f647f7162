package io.meseta.images.layers;

import io.meseta.images.reference.Digest;
import io.meseta.images.reference.ImageFault;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/// A decompressed archive: digested and bounded while it is read, so that nothing is read twice and
/// a bomb ends when it has passed its limit, not when the disk is full.
final class WatchedStream extends InputStream {

    private static final int SKIP_BYTES = 64 << 10;

    private final InputStream in;
    private final CountedStream compressed;
    private final UnpackLimits limits;
    private final Digest.Algorithm algorithm;
    private final MessageDigest digest;
    private final byte[] skipped = new byte[SKIP_BYTES];
    private long count;

    WatchedStream(
            InputStream in,
            CountedStream compressed,
            UnpackLimits limits,
            Digest.Algorithm algorithm) {
        this.in = in;
        this.compressed = compressed;
        this.limits = limits;
        this.algorithm = algorithm;
        this.digest = algorithm.start();
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = in.read(into, offset, length);
        if (read <= 0) return read;
        count += read;
        limits.checkBytes(count, compressed.count());
        digest.update(into, offset, read);
        return read;
    }

    /// What is skipped is part of the digest all the same.
    @Override
    public long skip(long wanted) throws IOException {
        int read = read(skipped, 0, (int) Math.min(wanted, skipped.length));
        return Math.max(0, read);
    }

    /// Reads what follows the archive's end, and says what all of it digests to.
    Digest finish() throws IOException {
        for (int read = 0; read >= 0; read = read(skipped, 0, skipped.length)) {
            if (Thread.currentThread().isInterrupted()) {
                throw new ImageFault(ImageFault.Kind.CANCELLED, "unpacking was interrupted");
            }
        }
        return algorithm.finish(digest);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
