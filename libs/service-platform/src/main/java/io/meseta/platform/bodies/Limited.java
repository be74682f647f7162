package io.meseta.platform.bodies;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// A stream that fails once it has given more bytes, or taken more time, than it may.
final class Limited extends FilterInputStream {

    private final long deadlineNanos;
    private long bytesLeft;

    Limited(InputStream in, long bytesMax, Duration timeMax) {
        super(in);
        this.bytesLeft = bytesMax;
        this.deadlineNanos = System.nanoTime() + timeMax.toNanos();
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        count(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        count(Math.max(read, 0));
        return read;
    }

    private void count(int read) throws IOException {
        bytesLeft -= read;
        if (bytesLeft < 0) throw new Exceeded();
        if (System.nanoTime() - deadlineNanos > 0) throw new TooSlow();
    }

    /// More bytes than allowed.
    static final class Exceeded extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /// More time than allowed.
    static final class TooSlow extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
