package io.meseta.benchmarks.tasks;

import io.meseta.client.Subscription;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.Offer;
import io.meseta.mesos.v1.OfferID;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.mesos.v1.Value;
import io.meseta.mesos.v1.scheduler.Call;
import io.meseta.mesos.v1.scheduler.Event;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// A framework that runs `true` so many times in one ACCEPT and waits until all have ended.
final class Runner implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double CPUS = 0.01;
    private static final double MEM_MB = 1;

    private final Subscription subscription;
    private final Map<OfferID, Offer> held = new LinkedHashMap<>();
    private FrameworkID framework = FrameworkID.getDefaultInstance();
    private int made;

    /// @param runningNanos from before the ACCEPT until the first task was heard to run
    /// @param finishedNanos until the last was heard to have finished
    record Times(long runningNanos, long finishedNanos) {}

    Runner(Subscription subscription) {
        this.subscription = subscription;
    }

    Times run(int tasks) throws InterruptedException {
        awaitRoom(tasks);
        var accept = accept(tasks);
        held.clear();
        long begun = System.nanoTime();
        subscription.call(accept);
        long running = 0;
        int ended = 0;
        while (ended < tasks) {
            var event = next();
            if (event.getType() != Event.Type.UPDATE) continue;
            var status = event.getUpdate().getStatus();
            if (status.getState() == TaskState.TASK_RUNNING && running == 0)
                running = System.nanoTime() - begun;
            if (status.getState() == TaskState.TASK_FINISHED) ended++;
            else if (isFailed(status)) throw new IllegalStateException(status.toString());
            acknowledge(status);
        }
        return new Times(running, System.nanoTime() - begun);
    }

    private static boolean isFailed(TaskStatus status) {
        return switch (status.getState()) {
            case TASK_STAGING, TASK_STARTING, TASK_RUNNING -> false;
            default -> true;
        };
    }

    /// What ended comes back in offers of its own: all of them together are the room.
    private void awaitRoom(int tasks) throws InterruptedException {
        while (cpusHeld() < tasks * CPUS) next();
    }

    private double cpusHeld() {
        return held.values().stream()
                .flatMap(offer -> offer.getResourcesList().stream())
                .filter(resource -> resource.getName().equals("cpus"))
                .mapToDouble(resource -> resource.getScalar().getValue())
                .sum();
    }

    private Event next() throws InterruptedException {
        var event =
                subscription
                        .next(PATIENCE)
                        .orElseThrow(() -> new IllegalStateException("nothing comes any more"));
        for (var offer : event.getOffers().getOffersList()) {
            framework = offer.getFrameworkId();
            held.put(offer.getId(), offer);
        }
        if (event.getType() == Event.Type.RESCIND) held.remove(event.getRescind().getOfferId());
        return event;
    }

    private Call accept(int tasks) {
        var agent = held.values().iterator().next().getAgentId();
        var launch = Offer.Operation.newBuilder().setType(Offer.Operation.Type.LAUNCH);
        for (int i = 0; i < tasks; i++) {
            var task =
                    TaskInfo.newBuilder()
                            .setName("true")
                            .setAgentId(agent)
                            .addResources(scalar("cpus", CPUS))
                            .addResources(scalar("mem", MEM_MB));
            task.getTaskIdBuilder().setValue("true-" + made++);
            task.getCommandBuilder().setValue("true");
            launch.getLaunchBuilder().addTaskInfos(task);
        }
        var call = Call.newBuilder().setType(Call.Type.ACCEPT).setFrameworkId(framework);
        call.getAcceptBuilder().addAllOfferIds(held.keySet()).addOperations(launch);
        call.getAcceptBuilder().getFiltersBuilder().setRefuseSeconds(0);
        return call.build();
    }

    private void acknowledge(TaskStatus status) {
        if (status.getUuid().isEmpty()) return;
        var call = Call.newBuilder().setType(Call.Type.ACKNOWLEDGE).setFrameworkId(framework);
        call.getAcknowledgeBuilder()
                .setAgentId(status.getAgentId())
                .setTaskId(status.getTaskId())
                .setUuid(status.getUuid());
        subscription.call(call.build());
    }

    private static Resource scalar(String name, double amount) {
        return Resource.newBuilder()
                .setName(name)
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(amount))
                .build();
    }

    @Override
    public void close() {
        subscription.close();
    }
}
