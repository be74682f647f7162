package io.meseta.agent.fetch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Counts what a reader of archives takes in to come to its next entry, and stops it where that is
/// too much: it holds names and attributes in memory, and a few packed bytes can become gigabytes.
final class HeaderMeter extends FilterInputStream {

    /// More than any file system lets a file have.
    static final int BYTES_MAX = 1 << 20;

    private long left = Long.MAX_VALUE;

    HeaderMeter(InputStream in) {
        super(in);
    }

    /// What comes now, up to [#end], is on the way to an entry.
    void begin() {
        left = BYTES_MAX;
    }

    /// What comes now is an entry's content.
    void end() {
        left = Long.MAX_VALUE;
    }

    @Override
    public int read() throws IOException {
        int one = in.read();
        if (one >= 0) take(1);
        return one;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = in.read(bytes, offset, length);
        if (count > 0) take(count);
        return count;
    }

    @Override
    public long skip(long length) throws IOException {
        long count = in.skip(length);
        take(count);
        return count;
    }

    private void take(long count) {
        left -= count;
        if (left < 0) throw tooMuch();
    }

    static FetchFailure tooMuch() {
        return new FetchFailure(
                "an entry of the archive has more than %d bytes of names and attributes"
                        .formatted(BYTES_MAX));
    }
}
