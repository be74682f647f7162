package io.meseta.agent.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/// What is left of a task's [FetchLimits].
final class Budget {

    private static final int CHUNK_BYTES = 64 << 10;

    private final long deadline;
    private final FetchLimits limits;
    private long bytesLeft;
    private int entriesLeft;

    Budget(FetchLimits limits) {
        this.limits = limits;
        bytesLeft = limits.bytesMax();
        entriesLeft = limits.entriesMax();
        deadline = System.nanoTime() + limits.total().toNanos();
    }

    /// Copies all of `in`, as far as the budget goes.
    void copy(InputStream in, OutputStream out) throws IOException {
        var chunk = new byte[CHUNK_BYTES];
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            checkTime();
            bytesLeft -= count;
            if (bytesLeft < 0) {
                throw new FetchFailure(
                        "the files are larger than " + limits.bytesMax() + " bytes together");
            }
            out.write(chunk, 0, count);
        }
    }

    void takeEntry() {
        checkTime();
        if (--entriesLeft < 0) {
            throw new FetchFailure(
                    "the archives hold more than " + limits.entriesMax() + " entries together");
        }
    }

    void checkTime() {
        if (System.nanoTime() > deadline) {
            throw new FetchFailure("fetching took longer than " + limits.total());
        }
        if (Thread.currentThread().isInterrupted()) throw new FetchFailure("fetching was stopped");
    }

    Duration timeLeft() {
        return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    }
}
