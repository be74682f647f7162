package io.meseta.agent.logs;

import io.meseta.agent.sandbox.Sandboxes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at the outputs of all that runs, again and again.
public final class LogRounds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogRounds.class);

    private final LogSettings settings;
    private final LogRotation rotation;
    private final Supplier<List<Path>> sandboxes;
    private @Nullable Thread thread;

    /// @param sandboxes of all that may be writing
    public LogRounds(LogSettings settings, Supplier<List<Path>> sandboxes) {
        this.settings = settings;
        this.rotation = new LogRotation(settings);
        this.sandboxes = sandboxes;
    }

    /// Begins, if there is anything to do.
    public void start() {
        if (settings.bytesMax() > 0)
            thread = Thread.ofVirtual().name("log-rounds").start(this::run);
    }

    @Override
    public void close() {
        if (thread != null) thread.interrupt();
    }

    private void run() {
        try {
            // Ends by interruption.
            while (true) {
                Thread.sleep(settings.interval());
                for (var sandbox : sandboxes.get()) rotate(sandbox);
            }
        } catch (InterruptedException _) {
            LOG.debug("The log rounds end.");
        }
    }

    private void rotate(Path sandbox) throws InterruptedException {
        for (var output : Sandboxes.OUTPUTS) {
            try {
                rotation.rotate(sandbox, output);
            } catch (IOException | RuntimeException failure) {
                LOG.atWarn()
                        .addKeyValue("sandbox", sandbox)
                        .addKeyValue("output", output)
                        .setCause(failure)
                        .log("An output can't be rotated; it is tried again.");
            }
        }
    }
}
