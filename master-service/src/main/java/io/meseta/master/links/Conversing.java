package io.meseta.master.links;

import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.context.SmartLifecycle;

/// Starts the threads of this room once everything they look at has been made.
final class Conversing implements SmartLifecycle {

    private final Delivery delivery;
    private final Heartbeats heartbeats;
    private final AtomicBoolean hasStarted = new AtomicBoolean();
    private volatile boolean isRunning;

    Conversing(Delivery delivery, Heartbeats heartbeats) {
        this.delivery = delivery;
        this.heartbeats = heartbeats;
    }

    @Override
    public void start() {
        isRunning = true;
        if (!hasStarted.compareAndSet(false, true)) return;
        delivery.start();
        heartbeats.start();
    }

    /// The threads end with their beans: to the last, streams must hear why they end.
    @Override
    public void stop() {
        isRunning = false;
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }
}
