package io.meseta.agent.disk;

import io.meseta.agent.core.task.Exit;
import io.meseta.agent.core.update.Cause.Reason;
import io.meseta.agent.launch.Runs;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at the sandboxes of all that runs, again and again, and ends what takes too much.
public final class DiskRounds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DiskRounds.class);
    private static final long MEGABYTE = 1 << 20;

    private final Duration interval;
    private final Runs runs;
    private final SandboxQuotas quotas;
    private final Supplier<List<Occupant>> occupants;
    private @Nullable Thread thread;
    private volatile Map<UUID, Long> used = Map.of();

    /// @param quotas where they are kept, sandboxes need not be walked through
    public DiskRounds(
            Duration interval,
            Runs runs,
            SandboxQuotas quotas,
            Supplier<List<Occupant>> occupants) {
        this.interval = interval;
        this.runs = runs;
        this.quotas = quotas;
        this.occupants = occupants;
    }

    public void start() {
        thread = Thread.ofVirtual().name("disk-rounds").start(this::run);
    }

    /// What a sandbox took when it was last looked at, in bytes.
    public OptionalLong used(UUID container) {
        var bytes = used.get(container);
        return bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes);
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
            LOG.debug("The disk rounds end.");
        }
    }

    private void look() throws InterruptedException {
        var seen = new HashMap<UUID, Long>();
        quotas.tidy();
        var counted = quotas.used();
        for (var occupant : occupants.get()) {
            try {
                var known = counted.get(occupant.container());
                long bytes = known == null ? DiskUsage.of(occupant.sandbox()) : known;
                seen.put(occupant.container(), bytes);
                if (occupant.bytesMax() > 0 && bytes > occupant.bytesMax()) end(occupant, bytes);
            } catch (IOException | RuntimeException failure) {
                LOG.atWarn()
                        .addKeyValue("container", occupant.container())
                        .setCause(failure)
                        .log("A sandbox can't be measured; it is tried again.");
            }
        }
        used = Map.copyOf(seen);
    }

    private void end(Occupant occupant, long bytes) throws InterruptedException {
        var message =
                "Disk usage (%dMB) exceeds quota (%dMB)"
                        .formatted(bytes / MEGABYTE, occupant.bytesMax() / MEGABYTE);
        LOG.atWarn().addKeyValue("container", occupant.container()).log(message);
        runs.limit(
                occupant.container(), new Exit.Limited(Reason.CONTAINER_LIMITATION_DISK, message));
    }
}
