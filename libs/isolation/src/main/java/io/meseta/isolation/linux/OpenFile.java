package io.meseta.isolation.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// An open file, read or written from front to back. Holds a buffer outside the heap; close it.
public final class OpenFile implements AutoCloseable {

    private static final int BUFFER_BYTES = 128 << 10;
    private static final int SEEK_SET = 0;
    private static final int EINTR = 4;

    private final int descriptor;
    private final Native call = new Native();
    private MemorySegment buffer = MemorySegment.NULL;
    private boolean isOpen = true;

    OpenFile(int descriptor) {
        this.descriptor = descriptor;
    }

    /// Writes all of it at the present position.
    public void write(byte[] bytes, int offset, int length) throws Errno {
        for (int done = 0; done < length; ) {
            int chunk = Math.min(length - done, BUFFER_BYTES);
            need(chunk);
            MemorySegment.copy(bytes, offset + done, buffer, JAVA_BYTE, 0, chunk);
            for (int written = 0; written < chunk; ) {
                written += writeOnce(written, chunk - written);
            }
            done += chunk;
        }
    }

    /// Layers hold thousands of small files, and new memory is filled with zeros first.
    private void need(int bytes) {
        if (buffer.byteSize() < bytes) buffer = call.buffer(bytes);
    }

    private int writeOnce(int offset, int length) throws Errno {
        try {
            long written =
                    (long)
                            Calls.WRITE.invokeExact(
                                    call.state(),
                                    descriptor,
                                    buffer.asSlice(offset, length),
                                    (long) length);
            if (written < 0 && Binding.errno(call.state()) == EINTR) return 0;
            return (int) call.checked("write", written);
        } catch (Throwable failure) {
            throw Directory.rethrown(failure);
        }
    }

    /// Reads up to the end.
    ///
    /// @throws Errno `EFBIG` if there are more than `max` bytes
    public byte[] readAll(int max) throws Errno {
        var bytes = new byte[Math.min(max, BUFFER_BYTES)];
        int length = 0;
        for (int read = readOnce(); read > 0; read = readOnce()) {
            if (length + read > max) throw new Errno("read", Errno.EFBIG);
            if (length + read > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.min(max, 2 * (length + read)));
            }
            MemorySegment.copy(buffer, JAVA_BYTE, 0, bytes, length, read);
            length += read;
        }
        return Arrays.copyOf(bytes, length);
    }

    /// Reads some bytes into an array of at least 128 KiB; -1 at the end.
    public int read(byte[] into) throws Errno {
        int read = readOnce();
        if (read == 0) return -1;
        MemorySegment.copy(buffer, JAVA_BYTE, 0, into, 0, read);
        return read;
    }

    /// The rest of the file as a stream; closing it closes this.
    public InputStream stream() {
        return new Content();
    }

    private final class Content extends InputStream {

        private final byte[] chunk = new byte[BUFFER_BYTES];
        private int at;
        private int end;

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) return 0;
            if (at == end) {
                at = 0;
                end = Math.max(0, OpenFile.this.read(chunk));
                if (end == 0) return -1;
            }
            int read = Math.min(length, end - at);
            System.arraycopy(chunk, at, into, offset, read);
            at += read;
            return read;
        }

        @Override
        public void close() {
            OpenFile.this.close();
        }
    }

    private int readOnce() throws Errno {
        need(BUFFER_BYTES);
        try {
            return (int)
                    call.checked(
                            "read",
                            (long)
                                    Calls.READ.invokeExact(
                                            call.state(), descriptor, buffer, (long) BUFFER_BYTES));
        } catch (Throwable failure) {
            throw Directory.rethrown(failure);
        }
    }

    /// Moves to `position`; what is skipped and never written is a hole that reads as zeros.
    public void seek(long position) throws Errno {
        try {
            call.checked(
                    "lseek",
                    (long) Calls.LSEEK.invokeExact(call.state(), descriptor, position, SEEK_SET));
        } catch (Throwable failure) {
            throw Directory.rethrown(failure);
        }
    }

    /// Makes the file `length` bytes long.
    public void truncate(long length) throws Errno {
        try {
            call.checked(
                    "ftruncate",
                    (int) Calls.FTRUNCATE.invokeExact(call.state(), descriptor, length));
        } catch (Throwable failure) {
            throw Directory.rethrown(failure);
        }
    }

    @Override
    public void close() {
        if (!isOpen) return;
        isOpen = false;
        call.close();
        Opening.close(descriptor);
    }
}
