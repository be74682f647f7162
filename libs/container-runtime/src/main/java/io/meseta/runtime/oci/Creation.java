package io.meseta.runtime.oci;

import io.meseta.runtime.json.JsonText;
import io.meseta.runtime.state.RuntimeFault;
import io.meseta.runtime.state.RuntimeFault.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// A monitor that comes up while its container's files are made ready, and does each of its two
/// acts when it is told to.
final class Creation implements AutoCloseable {

    private static final int OUTPUT_CHARS_MAX = 64 << 10;

    private final Bundle bundle;
    private final Duration patience;
    private final CompletableFuture<Process> begun;

    private Creation(Bundle bundle, Duration patience, CompletableFuture<Process> begun) {
        this.bundle = bundle;
        this.patience = patience;
        this.begun = begun;
    }

    /// @param patience for each act
    /// @param begin starts the monitor; not by this thread, since it takes a while
    static Creation of(Bundle bundle, Duration patience, Supplier<Process> begin) {
        var begun = new CompletableFuture<Process>();
        Thread.ofVirtual()
                .name("monitor-" + bundle.id())
                .start(() -> {
                    try {
                        begun.complete(begin.get());
                    } catch (RuntimeException failure) {
                        begun.completeExceptionally(failure);
                    }
                });
        return new Creation(bundle, patience, begun);
    }

    /// Lets the monitor create the container.
    ///
    /// @return the first process, which waits to be started
    long create() throws InterruptedException {
        var process = process();
        tell(process);
        return number(heard(process, Creation::line));
    }

    /// Lets the first process go on.
    void start() throws InterruptedException {
        var process = process();
        tell(process);
        var said = heard(process, Creation::rest);
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) throw late();
        if (process.exitValue() != 0) throw new Complaint(bundle, said).asFault();
    }

    private Process process() throws InterruptedException {
        try {
            return begun.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeFault fault) throw fault;
            throw new RuntimeFault(Kind.MACHINE, "no monitor can be started", failure);
        }
    }

    private static void tell(Process process) {
        try {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        } catch (IOException _) {
            // It has ended. What it said, or that it said nothing, is the news.
        }
    }

    private interface Hearing {
        String of(BufferedReader reader) throws IOException;
    }

    private String heard(Process process, Hearing hearing) throws InterruptedException {
        var said = new CompletableFuture<String>();
        Thread.startVirtualThread(() -> said.complete(heardOrNothing(process, hearing)));
        try {
            return said.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            throw late();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String heardOrNothing(Process process, Hearing hearing) {
        try {
            return hearing.of(process.inputReader(StandardCharsets.UTF_8));
        } catch (IOException _) {
            return ""; // It was given up, and its streams are closed.
        }
    }

    private static String line(BufferedReader reader) throws IOException {
        var line = reader.readLine();
        return line == null ? "" : line;
    }

    private static String rest(BufferedReader reader) throws IOException {
        var text = new char[OUTPUT_CHARS_MAX];
        int length = 0;
        for (int read = 0; read >= 0 && length < text.length; length += Math.max(read, 0))
            read = reader.read(text, length, text.length - length);
        reader.skip(Long.MAX_VALUE);
        return new String(text, 0, length);
    }

    /// One line of JSON: the first process' number, or a negative one and why.
    private long number(String answer) {
        var said = answer;
        try {
            var words = JsonText.object(answer);
            if (words.get("data") instanceof Long pid && pid > 0) return pid;
            if (words.get("message") instanceof String message) said = message;
        } catch (IllegalArgumentException _) {
            // What it said is no answer; the log says more.
        }
        throw new Complaint(bundle, said).asFault();
    }

    private RuntimeFault late() {
        return new RuntimeFault(
                Kind.TIMED_OUT,
                "the runtime has not made the container within %s s"
                        .formatted(patience.toSeconds()));
    }

    /// Only where nothing was answered is there anything left of it; the monitor goes on. One that
    /// was not told to go on is found by whoever removes what there is of the container.
    @Override
    public void close() {
        try {
            begun.join().destroyForcibly();
        } catch (CompletionException _) {
            // There is none.
        }
    }
}
