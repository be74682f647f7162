package io.meseta.benchmarks.placements;

import com.google.protobuf.ByteString;
import io.meseta.mesos.recordio.RecordReader;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.wire.agent.AgentCall;
import io.meseta.wire.agent.Heartbeat;
import io.meseta.wire.agent.Hello;
import io.meseta.wire.agent.Launch;
import io.meseta.wire.agent.MasterMessage;
import io.meseta.wire.agent.Order;
import io.meseta.wire.agent.Report;
import io.meseta.wire.agent.Reports;
import io.meseta.wire.agent.StatusUpdate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// An agent whose tasks take no time: it says STARTING, RUNNING and FINISHED of each, every one as
/// soon as the one before has been acknowledged. It speaks the real protocol and writes nothing
/// down.
public final class PretendedAgent implements Runnable {

    private static final String LINK = "/api/meseta/v1/agent-link";
    private static final String STREAM = "Meseta-Stream-Id";
    private static final int ACCEPTED = 202;
    private static final int RECORD_BYTES_MAX = 16 << 20;
    private static final int REPORTS_AT_ONCE_MAX = 100;
    private static final long HEARTBEAT_MS = 12_000;

    private record Held(FrameworkID framework, String task, long order, TaskState state) {}

    private final Api api;
    private final Tally tally;
    private final Hello hello;
    private final Consumer<Runnable> running;
    private final Map<ByteString, Held> unacknowledged = new ConcurrentHashMap<>();
    private final LinkedBlockingQueue<Report> reports = new LinkedBlockingQueue<>();
    private volatile boolean isOver;
    private String stream = "";
    private long numbers;

    /// @param running gets what ends a task, once that has said that it runs
    /// @param hello its first message
    public PretendedAgent(Api api, Tally tally, Consumer<Runnable> running, Hello hello) {
        this.api = api;
        this.tally = tally;
        this.running = running;
        this.hello = hello;
    }

    /// Listens until the stream ends.
    @Override
    public void run() {
        try {
            var opened = api.open(LINK, AgentCall.newBuilder().setHello(hello).build(), STREAM);
            stream = opened.id();
            Thread.ofVirtual().start(this::post);
            try (var records = new RecordReader(opened.body(), RECORD_BYTES_MAX)) {
                for (var next = records.next(); next.isPresent(); next = records.next())
                    hear(MasterMessage.parseFrom(next.get()));
            }
        } catch (IOException over) {
            if (!api.isClosed()) tally.lost(host(), over);
        } finally {
            isOver = true;
        }
    }

    private void hear(MasterMessage message) {
        if (message.hasWelcome()) tally.welcome();
        if (message.hasOrder() && message.getOrder().hasLaunch())
            launch(message.getOrder(), message.getOrder().getLaunch());
        if (message.hasAcknowledgement()) {
            var held = unacknowledged.remove(message.getAcknowledgement().getUuid());
            if (held != null) acknowledged(held);
        }
    }

    private void launch(Order order, Launch launch) {
        var task = launch.getTask().getTaskId().getValue();
        tally.launched(task);
        var framework = launch.getFramework().getId();
        tell(new Held(framework, task, order.getNumber(), TaskState.TASK_STARTING));
    }

    private void acknowledged(Held held) {
        switch (held.state()) {
            case TASK_STARTING -> tell(in(held, TaskState.TASK_RUNNING));
            case TASK_RUNNING -> running.accept(() -> finish(held));
            default -> tally.ended();
        }
    }

    private void finish(Held held) {
        tally.freeing(host());
        tell(in(held, TaskState.TASK_FINISHED));
    }

    private String host() {
        return hello.getAgentInfo().getHostname();
    }

    private static Held in(Held held, TaskState next) {
        return new Held(held.framework(), held.task(), held.order(), next);
    }

    private synchronized void tell(Held held) {
        var uuid = UUID.randomUUID();
        var bytes =
                ByteString.copyFrom(
                        ByteBuffer.allocate(2 * Long.BYTES)
                                .putLong(uuid.getMostSignificantBits())
                                .putLong(uuid.getLeastSignificantBits())
                                .flip());
        unacknowledged.put(bytes, held);
        var status =
                TaskStatus.newBuilder()
                        .setState(held.state())
                        .setSource(TaskStatus.Source.SOURCE_EXECUTOR)
                        .setTimestamp(System.currentTimeMillis() / 1e3)
                        .setUuid(bytes);
        status.getTaskIdBuilder().setValue(held.task());
        var update =
                StatusUpdate.newBuilder()
                        .setFrameworkId(held.framework())
                        .setStatus(status)
                        .setLatestState(held.state())
                        .setLaunchOrder(held.order());
        reports.add(Report.newBuilder().setNumber(++numbers).setStatusUpdate(update).build());
    }

    /// In order, one request at a time, as many in one as there are.
    private void post() {
        // Ten thousand agents that have come together must not also beat together.
        long patience = ThreadLocalRandom.current().nextLong(HEARTBEAT_MS);
        try {
            while (!isOver) {
                var first = reports.poll(patience, TimeUnit.MILLISECONDS);
                patience = HEARTBEAT_MS;
                var call = AgentCall.newBuilder();
                if (first == null) {
                    call.setHeartbeat(Heartbeat.getDefaultInstance());
                } else {
                    var some = new ArrayList<Report>();
                    some.add(first);
                    reports.drainTo(some, REPORTS_AT_ONCE_MAX - 1);
                    call.setReports(Reports.newBuilder().addAllReports(some));
                }
                int status = api.insist(LINK, call.build(), STREAM, stream, tally::refused);
                if (first == null) tally.beaten(status == ACCEPTED);
            }
        } catch (UncheckedIOException broken) {
            // Its stream ends, too, and says so.
            if (!api.isClosed() && !isOver) System.err.println(host() + ": " + broken);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
