package io.meseta.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meseta.launcher.RunRecord.RecordedChild;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A process that is wanted: started, started again when it dies, and stopped when asked.
final class Child {

    private static final long LOOK_MS = 50;

    /// Of the log of a child that did not start; the reason is at its end as a rule.
    private static final int LOG_LINES_SHOWN = 15;

    private static final int LOG_BYTES_READ = 64 * 1024;

    /// Own session, so that Ctrl-C on our terminal reaches us alone and we stop children in order.
    private static final boolean HAS_SETSID = Shell.has("setsid");

    private final ChildSpec spec;
    private final Path log;
    private final Progress progress;
    private final Consumer<RecordedChild> onStart;
    private @Nullable Process process;
    private volatile boolean isStopping;
    private volatile boolean hasBeenReady;

    Child(ChildSpec spec, Path log, Progress progress, Consumer<RecordedChild> onStart) {
        this.spec = spec;
        this.log = log;
        this.progress = progress;
        this.onStart = onStart;
    }

    ChildSpec spec() {
        return spec;
    }

    Path log() {
        return log;
    }

    void start() {
        var first = spawn();
        if (first != null) {
            Thread.ofVirtual().name("watch " + spec.name()).start(() -> watch(first));
        }
    }

    /// Waits until the child is ready for the first time.
    ///
    /// @return whether that is news
    /// @throws Trouble when it ends before, or `limit` passes
    boolean awaitReady(Duration limit) throws InterruptedException {
        if (hasBeenReady) return false;
        long deadline = System.nanoTime() + limit.toNanos();
        while (!spec.probe().isReady()) {
            var running = current();
            if (running == null || !running.isAlive()) {
                throw new Trouble(spec.name() + " did not start: " + lastWords());
            }
            if (System.nanoTime() > deadline) {
                throw new Trouble(
                        "%s is not ready after %d s: %s"
                                .formatted(spec.name(), limit.toSeconds(), lastWords()));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
        hasBeenReady = true;
        return true;
    }

    /// Ends the process, gently for as long as `limit`, and starts it no more.
    void stop(Duration limit) {
        isStopping = true;
        var running = current();
        if (running == null) {
            return;
        }
        var identity = ProcessIdentity.of(running);
        identity.signal(spec.stopSignal());
        if (!identity.awaitEndOrKill(limit)) {
            progress.say(spec.name() + " did not stop within " + limit.toSeconds() + " s: killed");
        }
    }

    /// Ends the process at once, and starts it no more.
    void kill() {
        isStopping = true;
        var running = current();
        if (running != null) {
            running.destroyForcibly();
        }
    }

    private void watch(Process first) {
        var backOff = new BackOff();
        @Nullable Process running = first;
        while (running != null) {
            long since = System.nanoTime();
            try {
                int code = running.waitFor();
                if (isStopping) {
                    return;
                }
                var pause = backOff.after(Duration.ofNanos(System.nanoTime() - since));
                progress.say(
                        "%s (pid %d) ended with %d; starting it again in %.1f s (log: %s)"
                                .formatted(
                                        spec.name(),
                                        running.pid(),
                                        code,
                                        pause.toMillis() / 1e3,
                                        log));
                TimeUnit.MILLISECONDS.sleep(pause.toMillis());
                running = spawn();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            } catch (Trouble trouble) {
                progress.say(String.valueOf(trouble.getMessage()));
                return;
            }
        }
    }

    /// Synchronized with [#current], so that a child started at the very moment of a stop is seen
    /// by that stop; held for the time of one fork only.
    private synchronized @Nullable Process spawn() {
        if (isStopping) {
            return null;
        }
        var command = new ArrayList<String>();
        if (HAS_SETSID) {
            command.add("setsid");
        }
        command.addAll(spec.start().command());
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(spec.start().environment());
        builder.redirectInput(Path.of("/dev/null").toFile());
        // Straight into the file: the child goes on writing when we are no more.
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            var started = builder.start();
            process = started;
            onStart.accept(
                    new RecordedChild(
                            spec.name(),
                            ProcessIdentity.of(started),
                            spec.port(),
                            spec.probe().url()));
            return started;
        } catch (IOException failure) {
            throw new Trouble("cannot start " + spec.name(), failure);
        }
    }

    private synchronized @Nullable Process current() {
        return process;
    }

    private String lastWords() {
        var lines = tail();
        var shown = lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size());
        return "see " + log + System.lineSeparator() + String.join(System.lineSeparator(), shown);
    }

    private List<String> tail() {
        try (var channel = Files.newByteChannel(log)) {
            channel.position(Math.max(0, channel.size() - LOG_BYTES_READ));
            var bytes = ByteBuffer.allocate(LOG_BYTES_READ);
            channel.read(bytes);
            var text = new String(bytes.array(), 0, bytes.position(), UTF_8);
            return text.lines().toList();
        } catch (IOException _) {
            return List.of();
        }
    }
}
