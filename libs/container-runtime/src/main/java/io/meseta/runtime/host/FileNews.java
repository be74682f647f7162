package io.meseta.runtime.host;

import io.meseta.runtime.state.RuntimeFault;
import io.meseta.runtime.state.RuntimeFault.Kind;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Tells whoever waits for news of something that files of one directory, named like it, are
/// written for: one thread for all who wait.
public final class FileNews implements AutoCloseable {

    private final WatchService files;
    private final Map<String, CountDownLatch> waiting = new ConcurrentHashMap<>();

    private FileNews(WatchService files) {
        this.files = files;
    }

    /// Begins to watch a directory, which is made if need be.
    public static FileNews in(Path directory) {
        try {
            Files.createDirectories(directory);
            var news = new FileNews(directory.getFileSystem().newWatchService());
            directory.register(
                    news.files,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY);
            Thread.ofPlatform()
                    .daemon()
                    .name("news-of-" + directory.getFileName())
                    .start(news::watch);
            return news;
        } catch (IOException failure) {
            throw new RuntimeFault(Kind.MACHINE, directory + " can't be watched", failure);
        }
    }

    /// Waits until there may be news, at most `patience`.
    public void await(CountDownLatch news, Duration patience) throws InterruptedException {
        // Whoever waits looks again, told or not.
        var _ = news.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// What to wait for. Who takes this first, then looks, and then waits misses nothing.
    public CountDownLatch expect(String name) {
        return waiting.computeIfAbsent(name, _ -> new CountDownLatch(1));
    }

    /// Nobody waits for it any more.
    public void forget(String name) {
        tell(name);
    }

    private void tell(String name) {
        var news = waiting.remove(name);
        if (news != null) news.countDown();
    }

    private void watch() {
        try {
            while (true) {
                var key = files.take();
                for (var event : key.pollEvents()) {
                    if (event.context() instanceof Path name) {
                        tell(name.toString());
                    } else {
                        // Too many at once for the kernel to say which.
                        waiting.keySet().forEach(this::tell);
                    }
                }
                if (!key.reset()) return;
            }
        } catch (InterruptedException | ClosedWatchServiceException _) {
            waiting.keySet().forEach(this::tell);
        }
    }

    @Override
    public void close() {
        try {
            files.close();
        } catch (IOException failure) {
            throw new RuntimeFault(Kind.MACHINE, "the watch can't be closed", failure);
        }
    }
}
