package io.meseta.agent.images;

import io.meseta.images.reference.ImageFault;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes images that nobody uses when the disk fills up, also while nothing is pulled.
public final class ImageRounds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ImageRounds.class);

    private final TaskImages images;
    private final Duration interval;
    private final List<String> excluded;
    private @Nullable Thread thread;

    /// @param excluded images that stay
    public ImageRounds(TaskImages images, Duration interval, List<String> excluded) {
        this.images = images;
        this.interval = interval;
        this.excluded = List.copyOf(excluded);
    }

    public ImageRounds started() {
        thread = Thread.ofVirtual().name("image-rounds").start(this::run);
        return this;
    }

    @Override
    public void close() {
        if (thread != null) thread.interrupt();
    }

    private void run() {
        try {
            // Ends by interruption.
            while (true) {
                Thread.sleep(interval);
                look();
            }
        } catch (InterruptedException _) {
            LOG.debug("The image rounds end.");
        }
    }

    private void look() {
        try {
            var collected = images.relieve(excluded);
            if (collected.images() + collected.layers() == 0) return;
            LOG.atInfo()
                    .addKeyValue("images", collected.images())
                    .addKeyValue("layers", collected.layers())
                    .addKeyValue("bytes", collected.bytes())
                    .log("Images that nobody uses were removed.");
        } catch (ImageFault fault) {
            LOG.atWarn().setCause(fault).log("Images can't be removed; it is tried again.");
        }
    }
}
