package io.meseta.agent.fetch;

import io.meseta.agent.launch.DirectoryTree;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Files that were fetched once and serve several tasks of one user. Whoever asks while a file is
/// on its way waits for it; if its fetcher is stopped, the next in line takes over.
///
/// The bound holds at every moment: room is taken piece by piece as bytes come, and given by
/// dropping what was unused for longest. What finds no room is not cached, and no failure.
final class FetchCache {

    /// Which file, whose, and what it must add up to.
    record Key(String user, String uri) {}

    /// Writes the file, once.
    interface Source {
        void write(OutputStream out) throws IOException, InterruptedException;
    }

    /// Uses the file while it is sure to stay.
    interface Use {
        void on(Path file) throws IOException, InterruptedException;
    }

    private static final class NoRoom extends IOException {}

    private static final class Entry {
        private final Path file;
        private boolean isReady;
        private int users;
        private long bytes;
        private long lastUse;
        private @Nullable FetchFailure failure;

        Entry(Path file) {
            this.file = file;
        }
    }

    private final Path directory;
    private final long bytesMax;

    /// A lock, since threads wait for what others fetch.
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final Map<Key, Entry> entries = new HashMap<>();
    private long bytes;
    private long clock;
    private long names;

    FetchCache(Path directory, long bytesMax) {
        this.directory = directory;
        this.bytesMax = bytesMax;
        try {
            DirectoryTree.delete(directory);
            if (bytesMax > 0)
                Files.createDirectories(
                        directory,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
        } catch (IOException failure) {
            throw new UncheckedIOException("can't prepare the cache " + directory, failure);
        }
    }

    /// Bytes of all that is kept or on its way.
    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    long bytesMax() {
        return bytesMax;
    }

    /// Lets `use` have the file, fetched now if need be; false when there is no room for it.
    boolean with(Key key, Source source, Use use) throws IOException, InterruptedException {
        if (bytesMax == 0) return false;
        var entry = hold(key);
        try {
            if (!isReady(key, entry, source)) return false;
            use.on(entry.file);
            return true;
        } finally {
            letGo(entry);
        }
    }

    /// The entry, ready or to be fetched by the caller.
    private Entry hold(Key key) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            // Ends when the file is there, or nobody else is at it, or it can't be had.
            while (true) {
                var entry = entries.get(key);
                if (entry == null) {
                    var fresh = new Entry(directory.resolve("file-" + names++));
                    fresh.users = 1;
                    entries.put(key, fresh);
                    return fresh;
                }
                if (isAwaited(key, entry)) return entry;
                if (entry.failure != null) throw again(entry.failure);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Whether it came; then the caller uses it.
    private boolean isAwaited(Key key, Entry entry) throws InterruptedException {
        boolean hasCome = false;
        entry.users++;
        try {
            while (!entry.isReady && entries.get(key) == entry) changed.await();
            hasCome = entry.isReady;
            return hasCome;
        } finally {
            if (!hasCome) entry.users--;
        }
    }

    private static FetchFailure again(FetchFailure failure) {
        return new FetchFailure(String.valueOf(failure.getMessage()));
    }

    private boolean isReady(Key key, Entry entry, Source source)
            throws IOException, InterruptedException {
        if (isThere(entry)) return true;
        FetchFailure why = null;
        try (var out = new Bounded(Files.newOutputStream(entry.file), entry)) {
            source.write(out);
            out.flush();
            become(entry);
            return true;
        } catch (NoRoom _) {
            return false;
        } catch (IOException | FetchFailure failure) {
            if (!Thread.currentThread().isInterrupted())
                why = new FetchFailure(String.valueOf(failure.getMessage()));
            throw failure;
        } finally {
            settle(key, entry, why);
        }
    }

    /// Not to be interrupted: whoever is to fetch it has to [settle][#settle] it, or others wait
    /// for ever.
    private boolean isThere(Entry entry) {
        lock.lock();
        try {
            return entry.isReady;
        } finally {
            lock.unlock();
        }
    }

    private void become(Entry entry) {
        lock.lock();
        try {
            entry.isReady = true;
        } finally {
            lock.unlock();
        }
    }

    /// Wakes those who wait: the file is there, or they learn why not, or one of them tries.
    private void settle(Key key, Entry entry, @Nullable FetchFailure why) throws IOException {
        lock.lock();
        try {
            changed.signalAll();
            if (entry.isReady) return;
            entry.failure = why;
            entries.remove(key, entry);
            bytes -= entry.bytes;
            Files.deleteIfExists(entry.file);
        } finally {
            lock.unlock();
        }
    }

    private void letGo(Entry entry) {
        lock.lock();
        try {
            entry.users--;
            entry.lastUse = ++clock;
        } finally {
            lock.unlock();
        }
    }

    private void take(Entry entry, long more) throws IOException {
        lock.lock();
        try {
            while (bytes + more > bytesMax) if (!isOldestDropped()) throw new NoRoom();
            bytes += more;
            entry.bytes += more;
        } finally {
            lock.unlock();
        }
    }

    private boolean isOldestDropped() throws IOException {
        var oldest =
                entries.entrySet().stream()
                        .filter(each -> each.getValue().isReady && each.getValue().users == 0)
                        .min(Comparator.comparingLong(each -> each.getValue().lastUse));
        if (oldest.isEmpty()) return false;
        var entry = oldest.get().getValue();
        Files.deleteIfExists(entry.file);
        entries.remove(oldest.get().getKey());
        bytes -= entry.bytes;
        return true;
    }

    /// Takes room before it writes.
    private final class Bounded extends FilterOutputStream {
        private final Entry entry;

        Bounded(OutputStream out, Entry entry) {
            super(out);
            this.entry = entry;
        }

        @Override
        public void write(int one) throws IOException {
            take(entry, 1);
            out.write(one);
        }

        @Override
        public void write(byte[] chunk, int offset, int length) throws IOException {
            take(entry, length);
            out.write(chunk, offset, length);
        }
    }
}
