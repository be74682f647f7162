package io.meseta.benchmarks.mix;

import io.meseta.benchmarks.placements.Api;
import io.meseta.benchmarks.placements.Scheduling;
import io.meseta.benchmarks.placements.Tally;
import io.meseta.mesos.v1.Offer;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.mesos.v1.scheduler.Call;
import io.meseta.mesos.v1.scheduler.Event;
import java.util.ArrayList;
import java.util.List;

/// One of the frameworks: launches with each offer as many tasks as its kind does, declines for the
/// usual five seconds what is too small, and wants no more once all its tasks are launched.
final class MixedFramework implements Runnable {

    private static final double REFUSE_SECONDS = 5;

    private final Kind kind;
    private final String name;
    private final Scheduling scheduling;
    private int launched;
    private int tasks;
    private boolean isSuppressed;

    /// @param role several may share one
    MixedFramework(Api api, Tally tally, Kind kind, String name, String role) {
        this.kind = kind;
        this.name = name;
        this.scheduling = new Scheduling(api, tally, name, role);
    }

    /// Listens until the stream ends.
    @Override
    public void run() {
        scheduling.listen(() -> {}, this::hear);
    }

    private void hear(Event event) {
        switch (event.getType()) {
            case OFFERS -> event.getOffers().getOffersList().forEach(this::answer);
            case UPDATE -> hear(event.getUpdate().getStatus());
            default -> {}
        }
    }

    private void answer(Offer offer) {
        int count = Math.min(kind.tasks() - launched, kind.fitting(cpus(offer), memMb(offer)));
        if (count == 0) {
            var decline = Scheduling.decline(List.of(offer.getId()), REFUSE_SECONDS);
            scheduling.sayAside(decline, () -> {});
            return;
        }
        var infos = new ArrayList<TaskInfo>();
        for (int i = 0; i < count; i++)
            infos.add(Scheduling.task(name + "-" + tasks++, offer, kind.cpus(), kind.memMb()));
        launched += count;
        boolean isLast = launched == kind.tasks();
        scheduling.sayAside(
                Scheduling.accept(List.of(offer), infos, REFUSE_SECONDS),
                () -> {
                    if (isLast) suppress();
                });
    }

    private void hear(TaskStatus status) {
        scheduling.acknowledge(status, () -> {});
        // Its offer was taken back in the same moment: another takes its place.
        if (status.getState() != TaskState.TASK_LOST) return;
        launched--;
        revive();
    }

    private synchronized void suppress() {
        isSuppressed = true;
        scheduling.say(Call.newBuilder().setType(Call.Type.SUPPRESS));
    }

    private synchronized void revive() {
        if (!isSuppressed) return;
        isSuppressed = false;
        scheduling.sayAside(Call.newBuilder().setType(Call.Type.REVIVE), () -> {});
    }

    private static double cpus(Offer offer) {
        return amount(offer, "cpus");
    }

    private static double memMb(Offer offer) {
        return amount(offer, "mem");
    }

    private static double amount(Offer offer, String resource) {
        return offer.getResourcesList().stream()
                .filter(each -> each.getName().equals(resource))
                .mapToDouble(each -> each.getScalar().getValue())
                .sum();
    }
}
