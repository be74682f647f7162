package io.meseta.launcher;

import io.meseta.launcher.logs.FileTail;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A launcher without a terminal: started by another one, which shows its progress until all is
/// ready and then goes.
final class Detached {

    /// PostgreSQL, then all services at once, then the agents' joining.
    private static final Duration LIMIT = Cluster.READY_LIMIT.multipliedBy(3);

    private static final long LOOK_MS = 100;

    private final Layout layout;
    private final Progress progress;
    private final Path log;

    Detached(Layout layout, Progress progress) {
        this.layout = layout;
        this.progress = progress;
        this.log = layout.log("launcher");
    }

    /// Starts a launcher with those arguments, and waits for it.
    ///
    /// @return the exit code: 0 once everything is ready
    int start(String[] arguments, @Nullable String databaseUrl) throws InterruptedException {
        // Asked first, so that its answer is not to be looked up in a log.
        DataLock.tryTake(layout).orElseThrow(() -> UpCommand.alreadyRunning(layout)).close();
        var command = new ArrayList<String>();
        if (Shell.has("setsid")) {
            command.add("setsid");
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // It waits and watches: compiling well is not worth the time.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        for (var property : List.of("meseta.home", "meseta.data", "meseta.warm")) {
            var value = System.getProperty(property);
            if (value != null) {
                command.add("-D" + property + "=" + value);
            }
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Launcher.class.getName());
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        if (databaseUrl != null) {
            builder.environment().put("MESETA_DB_URL", databaseUrl);
        }
        builder.redirectInput(Path.of("/dev/null").toFile());
        builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile()));
        try {
            var tail = FileTail.fromEnd(log);
            return follow(builder.start(), tail);
        } catch (IOException failure) {
            throw new Trouble("cannot start the launcher", failure);
        }
    }

    private int follow(Process launcher, FileTail tail) throws IOException, InterruptedException {
        var identity = ProcessIdentity.of(launcher);
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            boolean isOver = launcher.waitFor(LOOK_MS, TimeUnit.MILLISECONDS);
            boolean isReady = isReady(identity);
            var news = tail.next();
            if (isReady) {
                // Its announcement follows the record within a moment.
                TimeUnit.MILLISECONDS.sleep(LOOK_MS);
                news += tail.next();
            }
            if (!news.isEmpty()) {
                progress.say(news.stripTrailing());
            }
            if (isReady) {
                return 0;
            }
            if (isOver) {
                return Launcher.FAILED;
            }
        }
        throw new Trouble("not ready after " + LIMIT.toSeconds() + " s: see " + log);
    }

    private boolean isReady(ProcessIdentity launcher) {
        return Files.exists(layout.runFile())
                && RunRecord.load(layout.runFile())
                        .filter(record -> record.isReady() && record.launcher().equals(launcher))
                        .isPresent();
    }
}
