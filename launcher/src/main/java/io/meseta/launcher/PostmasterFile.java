package io.meseta.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// `postmaster.pid`, by which PostgreSQL keeps a second server out of its directory.
///
/// After a crash it holds the number of a dead server. PostgreSQL takes that for alive when another
/// process has the number by now, or when nobody has buried the dead one (as in a container whose
/// first process is no init), and then refuses to start. We hold the data directory's lock and have
/// ended what was on record, so we know better; what remains to be seen to is that no process of
/// the dead server is still at work, which is the file's other purpose.
final class PostmasterFile {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final long LOOK_MS = 50;

    private final Path data;

    PostmasterFile(Path data) {
        this.data = data;
    }

    /// Removes the file of a server that is surely dead.
    void removeIfStale() throws IOException, InterruptedException {
        var file = data.resolve("postmaster.pid");
        if (!Files.exists(file) || isServerAlive(file)) {
            return;
        }
        long looks = LIMIT.toMillis() / LOOK_MS;
        for (long look = 0; isInUse(); look++) {
            if (look == looks) {
                throw new Trouble("processes of a dead PostgreSQL are still at work in " + data);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
        Files.deleteIfExists(file);
    }

    private static boolean isServerAlive(Path file) throws IOException {
        var first = Files.readAllLines(file).stream().findFirst().orElse("").strip();
        if (!first.matches("\\d{1,18}")) {
            return false;
        }
        long pid = Long.parseLong(first);
        // Who is not there, or not buried, is dead; who has no name that we may see may be it.
        return ProcessIdentity.of(pid).isPresent()
                && ProcessHandle.of(pid)
                        .flatMap(handle -> handle.info().command())
                        .map(command -> command.endsWith("/postgres"))
                        .orElse(true);
    }

    /// Each of the server's processes works in the data directory. Where there is no `/proc` to see
    /// that in, they get the time in which they notice their server's death.
    private boolean isInUse() throws IOException, InterruptedException {
        var proc = Path.of("/proc");
        if (!Files.isDirectory(proc.resolve("self"))) {
            TimeUnit.SECONDS.sleep(2);
            return false;
        }
        var real = data.toRealPath();
        try (var processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (var process : processes) {
                if (isIn(process, real)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isIn(Path process, Path directory) {
        try {
            return Files.readSymbolicLink(process.resolve("cwd")).equals(directory);
        } catch (IOException _) {
            return false; // Another user's, or gone by now.
        }
    }
}
