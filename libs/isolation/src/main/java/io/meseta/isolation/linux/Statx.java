package io.meseta.isolation.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.meseta.isolation.linux.FileStatus.FileTime;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// `statx`, whose structure is the same on every processor.
final class Statx {

    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int BASIC_STATS = 0x7ff;
    private static final int BYTES = 256;

    private Statx() {}

    /// Null where nothing has that name.
    static @Nullable FileStatus of(int descriptor, String name) throws Errno {
        try {
            return read(descriptor, name, AT_SYMLINK_NOFOLLOW);
        } catch (Errno errno) {
            if (errno.number() == Errno.ENOENT) return null;
            throw errno;
        }
    }

    /// Of what the descriptor itself stands for.
    static FileStatus own(int descriptor) throws Errno {
        return read(descriptor, "", AT_EMPTY_PATH);
    }

    private static FileStatus read(int descriptor, String name, int flags) throws Errno {
        try (var call = new Native()) {
            var buffer = call.buffer(BYTES);
            call.checked(
                    "statx",
                    (int)
                            Calls.STATX.invokeExact(
                                    call.state(),
                                    descriptor,
                                    call.text(name),
                                    flags,
                                    BASIC_STATS,
                                    buffer));
            return read(buffer);
        } catch (Throwable failure) {
            throw Directory.rethrown(failure);
        }
    }

    private static FileStatus read(MemorySegment buffer) {
        return new FileStatus(
                Short.toUnsignedInt(buffer.get(JAVA_SHORT, 28)),
                Directory.intAt(buffer, 20),
                Directory.intAt(buffer, 24),
                Directory.intAt(buffer, 16),
                buffer.get(JAVA_LONG, 40),
                Directory.device(Directory.intAt(buffer, 136), Directory.intAt(buffer, 140)),
                buffer.get(JAVA_LONG, 32),
                Directory.device(Directory.intAt(buffer, 128), Directory.intAt(buffer, 132)),
                new FileTime(buffer.get(JAVA_LONG, 112), Directory.intAt(buffer, 120)));
    }
}
