package io.meseta.benchmarks.freed;

import io.meseta.benchmarks.placements.Api;
import io.meseta.benchmarks.placements.Scheduling;
import io.meseta.benchmarks.placements.Tally;
import io.meseta.mesos.v1.Offer;
import io.meseta.mesos.v1.OfferID;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.mesos.v1.scheduler.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A framework that runs so many tasks and no more: each takes a whole agent, one that has ended is
/// followed by the next, and what else it is offered it declines for a while.
final class SatedFramework implements Runnable {

    private final Tally tally;
    private final Scheduling scheduling;
    private final String name;
    private final double refuseSeconds;
    private final AtomicInteger room;
    private final AtomicInteger tasks = new AtomicInteger();
    private final AtomicInteger declined = new AtomicInteger();

    /// @param room for how many tasks
    /// @param refuseSeconds how long it does not want to see again what it has declined
    SatedFramework(Api api, Tally tally, String name, int room, double refuseSeconds) {
        this.tally = tally;
        this.name = name;
        this.scheduling = new Scheduling(api, tally, name, name);
        this.room = new AtomicInteger(room);
        this.refuseSeconds = refuseSeconds;
    }

    /// Listens until the stream ends.
    @Override
    public void run() {
        scheduling.listen(() -> {}, this::hear);
    }

    /// How many offers it has declined.
    int declined() {
        return declined.get();
    }

    private void hear(Event event) {
        switch (event.getType()) {
            case OFFERS -> answer(event.getOffers().getOffersList());
            case UPDATE -> hear(event.getUpdate().getStatus());
            default -> {}
        }
    }

    private void answer(List<Offer> offers) {
        var unwanted = new ArrayList<OfferID>();
        for (var offer : offers) {
            tally.offered(offer.getHostname());
            if (room.getAndUpdate(left -> Math.max(0, left - 1)) > 0) launch(offer);
            else unwanted.add(offer.getId());
        }
        if (unwanted.isEmpty()) return;
        declined.addAndGet(unwanted.size());
        scheduling.sayAside(Scheduling.decline(unwanted, refuseSeconds), () -> {});
    }

    private void launch(Offer offer) {
        var task = name + "-" + tasks.incrementAndGet();
        var info = Scheduling.task(task, offer, FreedResources.CPUS, FreedResources.MEM_MB);
        scheduling.sayAside(
                Scheduling.accept(List.of(offer), List.of(info), refuseSeconds), () -> {});
    }

    private void hear(TaskStatus status) {
        // An offer that was taken back before it was accepted leaves its task lost.
        if (status.getState() == TaskState.TASK_FINISHED
                || status.getState() == TaskState.TASK_LOST) room.incrementAndGet();
        scheduling.acknowledge(status, () -> {});
    }
}
