package io.meseta.benchmarks.placements;

import io.meseta.mesos.recordio.RecordReader;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.Offer;
import io.meseta.mesos.v1.OfferID;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.mesos.v1.scheduler.Call;
import io.meseta.mesos.v1.scheduler.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// One framework's conversation with the master.
public final class Scheduling {

    private static final String SCHEDULER = "/api/v1/scheduler";
    private static final String STREAM = "Mesos-Stream-Id";
    private static final int RECORD_BYTES_MAX = 16 << 20;
    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    /// Calls made aside that are under way at once.
    private static final int ASIDE_MAX = 32;

    private final Api api;
    private final Tally tally;
    private final FrameworkInfo info;
    private final Semaphore aside = new Semaphore(ASIDE_MAX);
    private volatile FrameworkID id = FrameworkID.getDefaultInstance();
    private volatile String stream = "";

    /// @param role what it has its resources for
    public Scheduling(Api api, Tally tally, String name, String role) {
        this.api = api;
        this.tally = tally;
        this.info =
                FrameworkInfo.newBuilder()
                        .setUser("root")
                        .setName(name)
                        .addRoles(role)
                        .addCapabilities(
                                FrameworkInfo.Capability.newBuilder()
                                        .setType(FrameworkInfo.Capability.Type.MULTI_ROLE))
                        .build();
    }

    /// Subscribes and listens until the stream ends.
    ///
    /// @param begin told once the stream is open
    public void listen(Runnable begin, Consumer<Event> hear) {
        var call =
                Call.newBuilder()
                        .setType(Call.Type.SUBSCRIBE)
                        .setSubscribe(Call.Subscribe.newBuilder().setFrameworkInfo(info));
        try {
            var opened = api.open(SCHEDULER, call.build(), STREAM);
            stream = opened.id();
            begin.run();
            try (var records = new RecordReader(opened.body(), RECORD_BYTES_MAX)) {
                for (var next = records.next(); next.isPresent(); next = records.next()) {
                    var event = Event.parseFrom(next.get());
                    if (event.getType() == Event.Type.SUBSCRIBED) {
                        id = event.getSubscribed().getFrameworkId();
                        tally.welcome();
                    }
                    hear.accept(event);
                }
            }
        } catch (IOException over) {
            if (!api.isClosed()) tally.lost(info.getName(), over);
        }
    }

    /// An ACCEPT that launches tasks with all of these offers, which are of one agent.
    public static Call.Builder accept(
            List<Offer> offers, List<TaskInfo> tasks, double refuseSeconds) {
        var launch =
                Offer.Operation.newBuilder()
                        .setType(Offer.Operation.Type.LAUNCH)
                        .setLaunch(Offer.Operation.Launch.newBuilder().addAllTaskInfos(tasks));
        var accept = Call.Accept.newBuilder().addOperations(launch);
        accept.getFiltersBuilder().setRefuseSeconds(refuseSeconds);
        for (var offer : offers) accept.addOfferIds(offer.getId());
        return Call.newBuilder().setType(Call.Type.ACCEPT).setAccept(accept);
    }

    public static Call.Builder decline(Collection<OfferID> offers, double refuseSeconds) {
        var decline = Call.Decline.newBuilder().addAllOfferIds(offers);
        decline.getFiltersBuilder().setRefuseSeconds(refuseSeconds);
        return Call.newBuilder().setType(Call.Type.DECLINE).setDecline(decline);
    }

    /// A task for the agent of an offer.
    public static TaskInfo task(String name, Offer offer, double cpus, double memMb) {
        var info =
                TaskInfo.newBuilder()
                        .setName(name)
                        .setAgentId(offer.getAgentId())
                        .addResources(Hellos.scalar("cpus", cpus))
                        .addResources(Hellos.scalar("mem", memMb));
        info.getTaskIdBuilder().setValue(name);
        info.getCommandBuilder().setValue("true");
        return info.build();
    }

    /// Acknowledges what asks for it, while reading goes on.
    ///
    /// @param done told once it has been taken
    public void acknowledge(TaskStatus status, Runnable done) {
        if (status.getUuid().isEmpty()) return;
        var acknowledge =
                Call.Acknowledge.newBuilder()
                        .setAgentId(status.getAgentId())
                        .setTaskId(status.getTaskId())
                        .setUuid(status.getUuid());
        var call = Call.newBuilder().setType(Call.Type.ACKNOWLEDGE).setAcknowledge(acknowledge);
        sayAside(call, done);
    }

    /// Says it while reading goes on.
    ///
    /// @param done told once it has been taken
    public void sayAside(Call.Builder call, Runnable done) {
        Thread.ofVirtual()
                .start(() -> {
                    aside.acquireUninterruptibly();
                    try {
                        say(call);
                    } catch (UncheckedIOException broken) {
                        if (!api.isClosed()) throw broken;
                    } finally {
                        aside.release();
                        done.run();
                    }
                });
    }

    /// Whether all is over.
    boolean isOver() {
        return api.isClosed();
    }

    /// Says it until it is taken.
    public void say(Call.Builder call) {
        var whole = call.setFrameworkId(id).build();
        int status = api.insist(SCHEDULER, whole, STREAM, stream, tally::refused);
        if (status != ACCEPTED && status != OK)
            System.err.println(info.getName() + ": " + whole.getType() + " was answered " + status);
    }
}
