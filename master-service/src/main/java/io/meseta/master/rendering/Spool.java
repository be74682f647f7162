package io.meseta.master.rendering;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Bytes that one thread writes and any number of threads read, each at its own pace and while they
/// are still being written.
///
/// The first part is kept in memory, what goes beyond it in a file that has no name by then: a slow
/// reader costs neither memory nor anybody's time.
final class Spool {

    static final int CHUNK_BYTES = 64 * 1024;

    /// How long a reader waits for the next bytes.
    private static final Duration GROWTH_WAIT_MAX = Duration.ofSeconds(60);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final List<byte[]> chunks = new ArrayList<>();
    private final int chunksMax;
    private final long bytesMax;
    private @Nullable FileChannel file;
    private long size;
    private boolean isComplete;
    private boolean isDropped;
    private @Nullable Throwable failure;

    /// @param memoryMax how much of it is kept in memory, in bytes
    /// @param bytesMax how long it may become
    Spool(int memoryMax, long bytesMax) {
        this.chunksMax = Math.max(1, memoryMax / CHUNK_BYTES);
        this.bytesMax = bytesMax;
    }

    /// Where its one writer writes. Closing it completes the spool.
    ///
    /// @param afterChunk called after each chunk, on the writer's thread
    OutputStream sink(Runnable afterChunk) {
        return new Sink(afterChunk);
    }

    /// Tells all readers that there will be no more.
    void fail(Throwable why) {
        lock.lock();
        try {
            failure = why;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Lets go of everything. No reader may come any more.
    void drop() {
        lock.lock();
        try {
            isDropped = true;
            chunks.clear();
            grown.signalAll();
            if (file != null) file.close();
        } catch (IOException _) {
            // It has no name: the system takes it back with the process at the latest.
        } finally {
            lock.unlock();
        }
    }

    boolean isDropped() {
        lock.lock();
        try {
            return isDropped;
        } finally {
            lock.unlock();
        }
    }

    /// How long it is; waits until it is complete.
    long awaitSize() throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            long before = size;
            long nanos = GROWTH_WAIT_MAX.toNanos();
            while (!isComplete) {
                check(nanos);
                nanos = grown.awaitNanos(nanos);
                if (size > before) nanos = GROWTH_WAIT_MAX.toNanos();
                before = size;
            }
            return size;
        } finally {
            lock.unlock();
        }
    }

    /// Reads what there is from a place on, at most what fits; waits if there is nothing yet. -1 at
    /// the end.
    int read(long position, byte[] into) throws IOException, InterruptedException {
        FileChannel overflow;
        int length;
        lock.lockInterruptibly();
        try {
            long nanos = GROWTH_WAIT_MAX.toNanos();
            while (size <= position && !isComplete) {
                check(nanos);
                nanos = grown.awaitNanos(nanos);
            }
            if (isDropped) throw new IOException("the rendering was given up");
            if (size <= position) return -1;
            length = (int) Math.min(into.length, size - position);
            int chunk = (int) Math.min(Integer.MAX_VALUE, position / CHUNK_BYTES);
            if (chunk < chunksMax) return copy(chunk, (int) (position % CHUNK_BYTES), into, length);
            overflow = file;
        } finally {
            lock.unlock();
        }
        if (overflow == null) throw new IOException("the rendering was given up");
        return overflow.read(ByteBuffer.wrap(into, 0, length), position - memoryBytes());
    }

    private int copy(int chunk, int offset, byte[] into, int length) {
        int part = Math.min(length, CHUNK_BYTES - offset);
        System.arraycopy(chunks.get(chunk), offset, into, 0, part);
        return part;
    }

    private void check(long nanosLeft) throws IOException {
        if (failure != null) throw new IOException("the rendering has failed", failure);
        if (isDropped) throw new IOException("the rendering was given up");
        if (nanosLeft <= 0) throw new IOException("the rendering takes too long");
    }

    private long memoryBytes() {
        return (long) chunksMax * CHUNK_BYTES;
    }

    /// Each full chunk is handed over with a copy, so that readers never see one that changes.
    private void append(byte[] chunk, int length) throws IOException {
        long end;
        lock.lock();
        try {
            if (isDropped) throw new IOException("nobody reads the rendering any more");
            if (size + length > bytesMax)
                throw new IOException("the rendering is longer than " + bytesMax + " bytes");
            if (chunks.size() < chunksMax) {
                chunks.add(Arrays.copyOf(chunk, length));
                grow(length);
                return;
            }
            if (file == null) file = open();
            end = size;
        } finally {
            lock.unlock();
        }
        write(chunk, length, end - memoryBytes());
        lock.lock();
        try {
            grow(length);
        } finally {
            lock.unlock();
        }
    }

    private void write(byte[] chunk, int length, long at) throws IOException {
        var overflow = file;
        if (overflow == null) throw new IOException("the rendering was given up");
        var bytes = ByteBuffer.wrap(chunk, 0, length);
        while (bytes.hasRemaining()) overflow.write(bytes, at + bytes.position());
    }

    private void grow(int length) {
        size += length;
        grown.signalAll();
    }

    private void complete() {
        lock.lock();
        try {
            isComplete = true;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// For this user's eyes only, and gone with its channel.
    private static FileChannel open() throws IOException {
        var path = Files.createTempFile("meseta-rendering", ".tmp");
        try {
            return FileChannel.open(
                    path,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
        } finally {
            // An open file needs no name; without one, nothing is left if the process is killed.
            Files.deleteIfExists(path);
        }
    }

    /// Gathers what is written into chunks of one size: only the last may be shorter.
    private final class Sink extends OutputStream {

        private final Runnable afterChunk;
        private final byte[] chunk = new byte[CHUNK_BYTES];
        private int filled;
        private boolean isClosed;

        Sink(Runnable afterChunk) {
            this.afterChunk = afterChunk;
        }

        @Override
        public void write(int one) throws IOException {
            if (filled == CHUNK_BYTES) pass();
            chunk[filled++] = (byte) one;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int from = offset;
            int left = length;
            while (left > 0) {
                if (filled == CHUNK_BYTES) pass();
                int part = Math.min(left, CHUNK_BYTES - filled);
                System.arraycopy(bytes, from, chunk, filled, part);
                filled += part;
                from += part;
                left -= part;
            }
        }

        private void pass() throws IOException {
            append(chunk, filled);
            filled = 0;
            afterChunk.run();
        }

        @Override
        public void close() throws IOException {
            if (isClosed) return;
            isClosed = true;
            if (filled > 0) append(chunk, filled);
            complete();
        }
    }
}
