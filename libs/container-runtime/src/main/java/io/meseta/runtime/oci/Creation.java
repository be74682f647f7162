package io.meseta.runtime.oci;

import io.meseta.isolation.linux.Directory;
import io.meseta.isolation.linux.FileType;
import io.meseta.runtime.host.ResidentShells;
import io.meseta.runtime.json.JsonText;
import io.meseta.runtime.state.RuntimeFault;
import io.meseta.runtime.state.RuntimeFault.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A monitor that comes up while its container's files are made ready, and does each of its two
/// acts when it is told to. We talk by two named pipes of the bundle, since it is no child of ours.
final class Creation implements AutoCloseable {

    private static final String ASK = "ask";
    private static final String ANSWER = "answer";
    private static final int OWNER_ONLY = 0600;
    private static final int LINE_BYTES_MAX = 64 << 10;

    private final Bundle bundle;
    private final Duration patience;
    private final RandomAccessFile ask;
    private final RandomAccessFile answer;
    private final ResidentShells.Told begun;

    private Creation(
            Bundle bundle,
            Duration patience,
            RandomAccessFile ask,
            RandomAccessFile answer,
            ResidentShells.Told begun) {
        this.bundle = bundle;
        this.patience = patience;
        this.ask = ask;
        this.answer = answer;
        this.begun = begun;
    }

    /// @param patience for each act
    static Creation begin(Bundle bundle, Duration patience, MonitorHost host) {
        try (var directory = Directory.open(bundle.directory())) {
            directory.makeNode(ASK, FileType.FIFO, OWNER_ONLY, 0);
            directory.makeNode(ANSWER, FileType.FIFO, OWNER_ONLY, 0);
            // In both directions neither waits for the other end.
            var ask = new RandomAccessFile(bundle.file(ASK).toFile(), "rw");
            var answer = new RandomAccessFile(bundle.file(ANSWER).toFile(), "rw");
            return new Creation(bundle, patience, ask, answer, host.begin(bundle.directory()));
        } catch (IOException failure) {
            throw new RuntimeFault(Kind.MACHINE, "no monitor can be spoken to", failure);
        }
    }

    /// Lets the monitor create the container.
    ///
    /// @return the first process, which waits to be started
    long create() throws InterruptedException {
        return number(answered("create"));
    }

    /// Lets the first process go on.
    void start() throws InterruptedException {
        if (!answered("start").equals("0"))
            throw new Complaint(bundle, bundle.text("said").orElse("")).asFault();
    }

    private String answered(String act) throws InterruptedException {
        var line = new CompletableFuture<String>();
        // No virtual thread: one that reads a pipe keeps its carrier from all others.
        Thread.ofPlatform()
                .daemon()
                .name(act + "-" + bundle.id().value())
                .start(() -> line.complete(line()));
        try {
            ask.writeBytes(act + "\n");
            return line.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException failure) {
            throw new RuntimeFault(Kind.MACHINE, "no monitor can be spoken to", failure);
        } catch (TimeoutException _) {
            throw new RuntimeFault(
                    Kind.TIMED_OUT,
                    "the runtime has not made the container within %s s"
                            .formatted(patience.toSeconds()));
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String line() {
        var bytes = new ByteArrayOutputStream();
        try {
            for (int next = answer.read();
                    next >= 0 && next != '\n' && bytes.size() < LINE_BYTES_MAX;
                    next = answer.read()) bytes.write(next);
        } catch (IOException _) {
            return ""; // It was given up.
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /// One line of JSON: the first process' number, or a negative one and why.
    private long number(String said) {
        var otherwise = said;
        try {
            var words = JsonText.object(said);
            if (words.get("data") instanceof Long pid && pid > 0) return pid;
            if (words.get("message") instanceof String message) otherwise = message;
        } catch (IllegalArgumentException _) {
            // What it said is no answer; the log says more.
        }
        throw new Complaint(bundle, otherwise).asFault();
    }

    /// A monitor that has made its container goes on. One that was not told to ends, or is ended by
    /// whoever removes what there is of the container.
    @Override
    public void close() {
        try (ask;
                answer;
                begun) {
            // Whoever still listens hears an empty line, and that was all.
            answer.write('\n');
        } catch (IOException failure) {
            throw new RuntimeFault(Kind.MACHINE, "the monitor's pipes can't be closed", failure);
        }
    }
}
