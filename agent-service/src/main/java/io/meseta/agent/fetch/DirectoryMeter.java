package io.meseta.agent.fetch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The file of a zip archive, whose directory a reader holds in memory before it tells the first
/// entry: of that directory it gets no more than so much.
final class DirectoryMeter implements SeekableByteChannel {

    /// Some ten thousand entries with names of the common lengths.
    static final int BYTES_MAX = 8 << 20;

    private final FileChannel file;
    private long left = BYTES_MAX;

    DirectoryMeter(Path file) throws IOException {
        this.file = FileChannel.open(file, StandardOpenOption.READ);
    }

    /// The directory has been read.
    void end() {
        left = Long.MAX_VALUE;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int count = file.read(into);
        left -= Math.max(0, count);
        if (left < 0)
            throw new FetchFailure(
                    "the archive's directory is larger than %d bytes".formatted(BYTES_MAX));
        return count;
    }

    @Override
    public int write(ByteBuffer from) {
        throw new NonWritableChannelException();
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public SeekableByteChannel position(long next) throws IOException {
        file.position(next);
        return this;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
