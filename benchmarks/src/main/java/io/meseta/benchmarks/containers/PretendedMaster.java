package io.meseta.benchmarks.containers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meseta.mesos.recordio.RecordWriter;
import io.meseta.mesos.v1.AgentID;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.wire.agent.AgentCall;
import io.meseta.wire.agent.Launch;
import io.meseta.wire.agent.MasterMessage;
import io.meseta.wire.agent.Order;
import io.meseta.wire.agent.Report;
import io.meseta.wire.agent.ShutdownFramework;
import io.meseta.wire.agent.StatusAcknowledgement;
import io.meseta.wire.agent.Welcome;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// As much of a master as one agent needs to run what it is told: so that no other process' work is
/// in the figures.
final class PretendedMaster implements AutoCloseable {

    static final AgentID AGENT = AgentID.newBuilder().setValue("bench-S0").build();
    private static final FrameworkID FRAMEWORK =
            FrameworkID.newBuilder().setValue("bench-0000").build();
    private static final int WAIT_SECONDS = 120;

    /// An agent's stream of orders; it ends when another takes its place.
    private record Line(OutputStream out, CountDownLatch end) {}

    /// A status as it came.
    ///
    /// @param nanos when, by [System#nanoTime]
    record Seen(TaskStatus status, long nanos) {}

    private final HttpServer server;
    private final AtomicLong orders = new AtomicLong();
    private final LinkedBlockingQueue<Line> lines = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
    private volatile Line line = new Line(OutputStream.nullOutputStream(), new CountDownLatch(1));

    PretendedMaster() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api/meseta/v1/agent-link", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// Waits for an agent to say hello, the first time or after it was forgotten.
    void awaitAgent() throws InterruptedException {
        if (lines.poll(WAIT_SECONDS, TimeUnit.SECONDS) == null)
            throw new IllegalStateException("no agent comes");
    }

    /// What was said hello before does not count any more.
    void forgetAgent() {
        lines.clear();
    }

    /// Orders a task; says when.
    long launch(TaskInfo task) {
        var framework =
                FrameworkInfo.newBuilder().setName("bench").setUser("root").setId(FRAMEWORK);
        var order = Order.newBuilder();
        order.setLaunch(Launch.newBuilder().setFramework(framework).setTask(task));
        long nanos = System.nanoTime();
        send(order);
        return nanos;
    }

    /// Ends whatever runs.
    void endAll() {
        var end = ShutdownFramework.newBuilder().setFrameworkId(FRAMEWORK);
        send(Order.newBuilder().setShutdownFramework(end));
    }

    /// The next status of whichever task; it is acknowledged already.
    Seen next() throws InterruptedException {
        var next = seen.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        if (next == null) throw new IllegalStateException("nothing comes any more");
        return next;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var call = AgentCall.parseFrom(exchange.getRequestBody());
            switch (call.getCallCase()) {
                case HELLO -> hello(exchange);
                case REPORTS -> {
                    long nanos = System.nanoTime();
                    for (var report : call.getReports().getReportsList()) take(report, nanos);
                    exchange.sendResponseHeaders(202, -1);
                }
                case HEARTBEAT -> exchange.sendResponseHeaders(202, -1);
                case CALL_NOT_SET -> exchange.sendResponseHeaders(400, -1);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void hello(HttpExchange exchange) throws IOException, InterruptedException {
        exchange.getResponseHeaders().add("Meseta-Stream-Id", UUID.randomUUID().toString());
        exchange.sendResponseHeaders(200, 0);
        var mine = new Line(exchange.getResponseBody(), new CountDownLatch(1));
        line.end().countDown();
        line = mine;
        var welcome = Welcome.newBuilder().setAgentId(AGENT).setMasterId("bench").setEpoch(1);
        send(mine, MasterMessage.newBuilder().setWelcome(welcome.setHeartbeatIntervalMs(10_000)));
        lines.add(mine);
        // The stream is open for as long as this is being answered.
        mine.end().await();
    }

    private void take(Report report, long nanos) {
        if (!report.hasStatusUpdate()) return;
        var update = report.getStatusUpdate();
        seen.add(new Seen(update.getStatus(), nanos));
        var heard =
                StatusAcknowledgement.newBuilder()
                        .setFrameworkId(update.getFrameworkId())
                        .setTaskId(update.getStatus().getTaskId())
                        .setUuid(update.getStatus().getUuid());
        send(line, MasterMessage.newBuilder().setAcknowledgement(heard));
    }

    private void send(Order.Builder order) {
        order.setEpoch(1).setNumber(orders.incrementAndGet());
        send(line, MasterMessage.newBuilder().setOrder(order));
    }

    private static void send(Line to, MasterMessage.Builder message) {
        try {
            synchronized (to) {
                RecordWriter.frame(message.build().toByteArray(), to.out());
                to.out().flush();
            }
        } catch (IOException _) {
            to.end().countDown();
        }
    }

    @Override
    public void close() {
        line.end().countDown();
        server.stop(0);
    }
}
