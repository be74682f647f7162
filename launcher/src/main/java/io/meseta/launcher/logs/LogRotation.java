package io.meseta.launcher.logs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Keeps each log within a bound: the file, and one older one.
///
/// Children hold their log open, so it is copied and cut rather than renamed; what is written
/// between the two is lost. The alternative, all output through pipes of ours, would end children
/// with us.
public final class LogRotation {

    public static final long BYTES_MAX = 16L * 1024 * 1024;

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Path logs;

    public LogRotation(Path logs) {
        this.logs = logs;
    }

    /// Looks after the logs until the thread is interrupted.
    public void run() {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
                rotate(BYTES_MAX);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    void rotate(long bytesMax) {
        for (var log : logs()) {
            try {
                if (Files.size(log) > bytesMax) {
                    var older = log.resolveSibling(log.getFileName() + ".1");
                    Files.copy(log, older, StandardCopyOption.REPLACE_EXISTING);
                    FileChannel.open(log, StandardOpenOption.WRITE).truncate(0).close();
                }
            } catch (IOException _) {
                // The next round tries again; a full disk is for others to report.
            }
        }
    }

    private List<Path> logs() {
        try (var files = Files.newDirectoryStream(logs, "*.log")) {
            var found = new ArrayList<Path>();
            files.forEach(found::add);
            return found;
        } catch (IOException _) {
            return List.of();
        }
    }
}
