package io.meseta.runtime.host;

import io.meseta.runtime.state.RuntimeFault;
import io.meseta.runtime.state.RuntimeFault.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs a program to its end, with bounds on its time and on what it says.
public final class Commands {

    private static final int OUTPUT_BYTES_MAX = 64 << 10;

    /// What is said after the end, by children that go on, is waited for no longer than this.
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private Commands() {}

    /// How it ended, and what it said on both streams.
    public record Outcome(int code, String output) {

        public boolean isSuccess() {
            return code == 0;
        }
    }

    public static Outcome run(Duration patience, List<String> command) throws InterruptedException {
        return run(patience, Path.of("/"), command);
    }

    /// @throws RuntimeFault if it can't be started or takes longer than `patience`
    public static Outcome run(Duration patience, Path directory, List<String> command)
            throws InterruptedException {
        try (var begun = begin(directory, command)) {
            return begun.outcome(patience);
        }
    }

    /// Starts a program and does not wait; see [Begun#outcome].
    public static Begun begin(Path directory, List<String> command) {
        var process = start(directory, command);
        var output = new CompletableFuture<String>();
        Thread.startVirtualThread(() -> output.complete(drained(process.getInputStream())));
        return new Begun(command.getFirst(), process, output);
    }

    /// A program that runs; close it, or it goes on.
    public record Begun(String name, Process process, Future<String> output)
            implements AutoCloseable {

        /// @throws RuntimeFault if it takes longer than `patience`
        public Outcome outcome(Duration patience) throws InterruptedException {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new RuntimeFault(
                        Kind.TIMED_OUT,
                        "%s takes longer than %s s".formatted(name, patience.toSeconds()));
            }
            return new Outcome(process.exitValue(), said(output));
        }

        /// Kills it if it still runs.
        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    private static String said(Future<String> output) throws InterruptedException {
        try {
            return output.get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException _) {
            return "";
        }
    }

    private static Process start(Path directory, List<String> command) {
        try {
            var process =
                    new ProcessBuilder(command)
                            .directory(directory.toFile())
                            .redirectErrorStream(true)
                            .start();
            process.getOutputStream().close();
            return process;
        } catch (IOException failure) {
            throw new RuntimeFault(Kind.MACHINE, command.getFirst() + " can't be started", failure);
        }
    }

    private static String drained(InputStream stream) {
        try (stream) {
            var text = new String(stream.readNBytes(OUTPUT_BYTES_MAX), StandardCharsets.UTF_8);
            stream.skip(Long.MAX_VALUE);
            return text.strip();
        } catch (IOException _) {
            return ""; // It was given up, and its streams are closed.
        }
    }
}
