package io.meseta.benchmarks.placements;

import io.meseta.mesos.v1.Offer;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.mesos.v1.scheduler.Event;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// A framework that answers each offer by one ACCEPT with one small task, and acknowledges every
/// update; either as fast as it goes, or when it is told to.
final class LoadingFramework implements Runnable {

    private final Tally tally;
    private final Size size;
    private final String name;
    private final boolean isPaced;
    private final AtomicInteger tasks = new AtomicInteger();

    /// What a task takes.
    record Size(double cpus, double memMb) {}

    /// Answers that are under way at once; each has a connection.
    private static final int AT_ONCE_MAX = 32;

    /// Tasks that do not run yet, so far as has been acknowledged: a load that never waits for what
    /// it has begun measures its own backlog. Whoever has a pace must not wait.
    private static final int STARTING_MAX = 100;

    private final HeldOffers held = new HeldOffers();
    private final Semaphore starting = new Semaphore(STARTING_MAX);
    private final Scheduling scheduling;

    /// @param isPaced whether it accepts only when told to
    LoadingFramework(Api api, Tally tally, boolean isPaced, Size size, int number) {
        this.size = size;
        this.tally = tally;
        this.isPaced = isPaced;
        this.name = "load-" + number;
        this.scheduling = new Scheduling(api, tally, name, name);
    }

    /// Listens until the stream ends.
    @Override
    public void run() {
        scheduling.listen(this::begin, this::hear);
    }

    private void begin() {
        if (isPaced) return;
        for (int i = 0; i < AT_ONCE_MAX; i++) Thread.ofVirtual().start(this::answer);
    }

    private void hear(Event event) {
        switch (event.getType()) {
            case OFFERS ->
                    event.getOffers()
                            .getOffersList()
                            .forEach(offer -> {
                                tally.offered(offer.getHostname());
                                held.add(offer);
                            });
            case RESCIND -> held.rescind(event.getRescind().getOfferId());
            case UPDATE -> acknowledge(event.getUpdate().getStatus());
            default -> {}
        }
    }

    private void acknowledge(TaskStatus status) {
        boolean isStarted = status.getState() == TaskState.TASK_RUNNING;
        scheduling.acknowledge(
                status,
                () -> {
                    if (isStarted && !isPaced) starting.release();
                });
    }

    private void answer() {
        try {
            while (true) {
                starting.acquire();
                accept(held.take(), System.nanoTime());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Accepts the offers that have waited the longest, without waiting for the answer.
    ///
    /// @param dueNanos since when that takes its time
    /// @return whether there are any
    boolean acceptOne(long dueNanos) {
        var offers = held.poll();
        if (offers.isEmpty()) return false;
        Thread.ofVirtual().start(() -> accept(offers, dueNanos));
        return true;
    }

    private void accept(List<Offer> offers, long sinceNanos) {
        var task = name + "-" + tasks.incrementAndGet();
        var info = Scheduling.task(task, offers.getFirst(), size.cpus(), size.memMb());
        tally.accepting(task, sinceNanos);
        try {
            scheduling.say(Scheduling.accept(offers, List.of(info), 0));
        } catch (UncheckedIOException broken) {
            if (!scheduling.isOver()) throw broken;
        }
    }
}
