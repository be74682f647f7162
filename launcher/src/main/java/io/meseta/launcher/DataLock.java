package io.meseta.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// Whoever holds it is the launcher of a data directory. The kernel takes it back from the dead.
final class DataLock implements AutoCloseable {

    private final FileChannel channel;

    /// Held by being referenced: a lock without a reference may be collected, and so released.
    private final FileLock lock;

    private DataLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /// Empty when somebody else holds it.
    static Optional<DataLock> tryTake(Layout layout) {
        try {
            var channel =
                    FileChannel.open(
                            layout.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(new DataLock(channel, lock));
        } catch (IOException failure) {
            throw new Trouble("cannot lock " + layout.lockFile(), failure);
        }
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException _) {
            // It is released with our process at the latest.
        }
    }
}
