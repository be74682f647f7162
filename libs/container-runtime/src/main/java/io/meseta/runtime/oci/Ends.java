package io.meseta.runtime.oci;

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

/// Tells whoever waits for a container's end, by the files that monitors write: one thread for all.
final class Ends implements AutoCloseable {

    private final WatchService files;
    private final Map<String, CountDownLatch> waiting = new ConcurrentHashMap<>();

    private Ends(WatchService files) {
        this.files = files;
    }

    static Ends in(Path directory) {
        try {
            Files.createDirectories(directory);
            var ends = new Ends(directory.getFileSystem().newWatchService());
            directory.register(
                    ends.files,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY);
            Thread.ofPlatform().daemon().name("container-ends").start(ends::watch);
            return ends;
        } catch (IOException failure) {
            throw new RuntimeFault(Kind.MACHINE, directory + " can't be watched", failure);
        }
    }

    /// Waits until there may be news of a container, at most `patience`. Ask before: who asks after
    /// [#expect] and then waits misses nothing.
    void await(CountDownLatch news, Duration patience) throws InterruptedException {
        var isNews = news.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        assert isNews || news.getCount() >= 0;
    }

    CountDownLatch expect(String container) {
        return waiting.computeIfAbsent(container, _ -> new CountDownLatch(1));
    }

    void forget(String container) {
        tell(container);
    }

    private void tell(String container) {
        var news = waiting.remove(container);
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
