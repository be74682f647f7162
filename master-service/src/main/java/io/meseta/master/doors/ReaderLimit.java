package io.meseta.master.doors;

import java.io.IOException;
import java.util.concurrent.Semaphore;

/// Lets only so many callers wait for answers that show the whole cluster, or read them, at once:
/// what is shown is shared, but pollers come in herds.
public final class ReaderLimit {

    private final Semaphore places;

    public ReaderLimit(int readersMax) {
        this.places = new Semaphore(readersMax);
    }

    /// Something that answers an exchange.
    @FunctionalInterface
    public interface Reading {
        void answer() throws IOException;
    }

    /// Answers by the reading, or with 503 if too many others are at it.
    public void within(Exchange exchange, Reading reading) throws IOException {
        if (!places.tryAcquire()) {
            exchange.unavailable("Too many others are reading the state of the cluster");
            return;
        }
        try {
            reading.answer();
        } finally {
            places.release();
        }
    }
}
