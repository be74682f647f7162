package io.meseta.benchmarks.placements;

import io.meseta.mesos.recordio.RecordReader;
import io.meseta.mesos.v1.Filters;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.Offer;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.mesos.v1.scheduler.Call;
import io.meseta.mesos.v1.scheduler.Event;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// A framework that answers each offer by one ACCEPT with one small task, and acknowledges every
/// update.
final class LoadingFramework implements Runnable {

    private static final String SCHEDULER = "/api/v1/scheduler";
    private static final String STREAM = "Mesos-Stream-Id";
    private static final int RECORD_BYTES_MAX = 16 << 20;

    private final Api api;
    private final Tally tally;
    private final Pace pace;
    private final Size size;
    private final String name;
    private volatile FrameworkID id = FrameworkID.getDefaultInstance();
    private volatile String stream = "";
    private final AtomicInteger tasks = new AtomicInteger();

    /// What a task takes.
    record Size(double cpus, double memMb) {

        static final Size SMALL = new Size(0.1, 32);

        /// So that an agent has room for one.
        static final Size WHOLE = new Size(PretendedAgent.CPUS, PretendedAgent.MEM_MB);
    }

    /// Calls of each kind that are under way at once; each has a connection.
    private static final int AT_ONCE_MAX = 32;

    /// Tasks that do not run yet, so far as has been acknowledged: a load that never waits for what
    /// it has begun measures its own backlog.
    private static final int STARTING_MAX = 100;

    private final HeldOffers held = new HeldOffers();
    private final Semaphore starting = new Semaphore(STARTING_MAX);
    private final Semaphore acknowledging = new Semaphore(AT_ONCE_MAX);

    LoadingFramework(Api api, Tally tally, Pace pace, Size size, int number) {
        this.api = api;
        this.size = size;
        this.tally = tally;
        this.pace = pace;
        this.name = "load-" + number;
    }

    /// Listens until the stream ends.
    @Override
    public void run() {
        var info =
                FrameworkInfo.newBuilder()
                        .setUser("root")
                        .setName(name)
                        .addRoles(name)
                        .addCapabilities(
                                FrameworkInfo.Capability.newBuilder()
                                        .setType(FrameworkInfo.Capability.Type.MULTI_ROLE));
        var call =
                Call.newBuilder()
                        .setType(Call.Type.SUBSCRIBE)
                        .setSubscribe(Call.Subscribe.newBuilder().setFrameworkInfo(info));
        try {
            var opened = api.open(SCHEDULER, call.build(), STREAM);
            stream = opened.id();
            for (int i = 0; i < AT_ONCE_MAX; i++) Thread.ofVirtual().start(this::answer);
            try (var records = new RecordReader(opened.body(), RECORD_BYTES_MAX)) {
                for (var next = records.next(); next.isPresent(); next = records.next())
                    hear(Event.parseFrom(next.get()));
            }
        } catch (IOException over) {
            System.err.println(name + ": " + over);
        }
    }

    private void hear(Event event) {
        switch (event.getType()) {
            case SUBSCRIBED -> id = event.getSubscribed().getFrameworkId();
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

    private void answer() {
        try {
            while (true) {
                starting.acquire();
                pace.await();
                answer(held.take());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(List<Offer> offers) {
        var task = name + "-" + tasks.incrementAndGet();
        var info =
                TaskInfo.newBuilder()
                        .setName(task)
                        .setAgentId(offers.getFirst().getAgentId())
                        .addResources(PretendedAgent.scalar("cpus", size.cpus()))
                        .addResources(PretendedAgent.scalar("mem", size.memMb()));
        info.getTaskIdBuilder().setValue(task);
        info.getCommandBuilder().setValue("true");
        var launch =
                Offer.Operation.newBuilder()
                        .setType(Offer.Operation.Type.LAUNCH)
                        .setLaunch(Offer.Operation.Launch.newBuilder().addTaskInfos(info));
        var accept =
                Call.Accept.newBuilder()
                        .addOperations(launch)
                        .setFilters(Filters.newBuilder().setRefuseSeconds(0));
        for (var offer : offers) accept.addOfferIds(offer.getId());
        tally.accepting(task);
        say(Call.newBuilder().setType(Call.Type.ACCEPT).setAccept(accept));
    }

    private void acknowledge(TaskStatus status) {
        if (status.getUuid().isEmpty()) return;
        var acknowledge =
                Call.Acknowledge.newBuilder()
                        .setAgentId(status.getAgentId())
                        .setTaskId(status.getTaskId())
                        .setUuid(status.getUuid());
        var call = Call.newBuilder().setType(Call.Type.ACKNOWLEDGE).setAcknowledge(acknowledge);
        aside(call, status.getState() == TaskState.TASK_RUNNING);
    }

    /// Reading goes on meanwhile.
    private void aside(Call.Builder call, boolean isStarted) {
        Thread.ofVirtual()
                .start(() -> {
                    acknowledging.acquireUninterruptibly();
                    try {
                        say(call);
                    } finally {
                        acknowledging.release();
                        if (isStarted) starting.release();
                    }
                });
    }

    private void say(Call.Builder call) {
        var whole = call.setFrameworkId(id).build();
        int status = api.say(SCHEDULER, whole, STREAM, stream);
        while (status == 503) {
            tally.refused();
            status = api.say(SCHEDULER, whole, STREAM, stream);
        }
        if (status != 202 && status != 200)
            System.err.println(name + ": " + whole.getType() + " was answered " + status);
    }
}
