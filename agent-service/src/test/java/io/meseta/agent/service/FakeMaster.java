package io.meseta.agent.service;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meseta.mesos.recordio.RecordWriter;
import io.meseta.mesos.v1.AgentID;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.DurationInfo;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.KillPolicy;
import io.meseta.mesos.v1.TaskID;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.testkit.Await;
import io.meseta.wire.agent.AgentCall;
import io.meseta.wire.agent.Goodbye;
import io.meseta.wire.agent.Hello;
import io.meseta.wire.agent.Kill;
import io.meseta.wire.agent.Launch;
import io.meseta.wire.agent.MasterMessage;
import io.meseta.wire.agent.OperationHeard;
import io.meseta.wire.agent.OperationOutcome;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// A master that does what a test tells it, over a real HTTP server.
final class FakeMaster implements AutoCloseable {

    static final String FRAMEWORK = "m-0000";
    static final Duration LIMIT = Duration.ofSeconds(45);

    private record Stream(String id, OutputStream out) {}

    private final HttpServer server;
    private final AtomicLong orders = new AtomicLong();
    private final ConcurrentLinkedQueue<Hello> hellos = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Long> questions = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Report> reports = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<OperationOutcome> outcomes = new ConcurrentLinkedQueue<>();
    private final Map<ByteString, TaskStatus> statuses =
            Collections.synchronizedMap(new LinkedHashMap<>());
    private final List<Order> issued = new ArrayList<>();
    private volatile Optional<Stream> stream = Optional.empty();
    volatile boolean isAcknowledging = true;
    volatile long epoch = 1;
    volatile String agentId = "m-S0";
    volatile int reportStatus = 202;

    /// The task of which nothing that is reported makes sense; empty for none.
    volatile String refusedTask = "";

    volatile int heartbeatMs = 10_000;

    /// Whoever leads instead, to whom agents are sent on.
    volatile Optional<URI> leader = Optional.empty();

    /// Takes hellos and does not answer them, as a process that stands still does.
    volatile boolean isMute;

    /// Who leads, as this one says to those who ask.
    volatile Optional<Claim> claim = Optional.empty();

    record Claim(URI leader, long epoch) {}

    FakeMaster() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api/meseta/v1/agent-link", this::answer);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    HttpServer server() {
        return server;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestURI().getPath().endsWith("/leader")) {
                whoLeads(exchange);
                return;
            }
            var call = AgentCall.parseFrom(exchange.getRequestBody());
            switch (call.getCallCase()) {
                case HELLO -> hello(exchange, call.getHello());
                case REPORTS -> {
                    var reports = call.getReports().getReportsList();
                    int status = reports.stream().anyMatch(this::isRefused) ? 400 : reportStatus;
                    if (status == 202) reports.forEach(this::take);
                    exchange.sendResponseHeaders(status, -1);
                }
                case HEARTBEAT -> exchange.sendResponseHeaders(202, -1);
                case CALL_NOT_SET -> exchange.sendResponseHeaders(400, -1);
            }
        }
    }

    private boolean isRefused(Report report) {
        var task = report.getStatusUpdate().getStatus().getTaskId().getValue();
        return !task.isEmpty() && task.equals(refusedTask);
    }

    /// Says what a test says, at once, or that it does not know.
    private void whoLeads(HttpExchange exchange) throws IOException {
        questions.add(Long.parseLong(exchange.getRequestHeaders().getFirst("Meseta-Epoch")));
        var named = claim;
        if (named.isEmpty()) {
            exchange.sendResponseHeaders(503, -1);
            return;
        }
        var place = "//" + named.get().leader().getAuthority() + exchange.getRequestURI();
        exchange.getResponseHeaders().add("Location", place);
        exchange.getResponseHeaders().add("Meseta-Epoch", Long.toString(named.get().epoch()));
        exchange.sendResponseHeaders(307, -1);
    }

    private void hello(HttpExchange exchange, Hello hello) throws IOException {
        hellos.add(hello);
        if (isMute) {
            Await.within(Duration.ofMinutes(5)).until("it speaks again", () -> !isMute);
        }
        var other = leader;
        if (other.isPresent()) {
            // Protocol-relative, as followers say it.
            var place = "//" + other.get().getAuthority() + exchange.getRequestURI();
            exchange.getResponseHeaders().add("Location", place);
            exchange.sendResponseHeaders(307, -1);
            return;
        }
        var id = UUID.randomUUID().toString();
        exchange.getResponseHeaders().add("Meseta-Stream-Id", id);
        exchange.sendResponseHeaders(200, 0);
        var out = exchange.getResponseBody();
        var mine = new Stream(id, out);
        stream = Optional.of(mine);
        send(
                MasterMessage.newBuilder()
                        .setWelcome(
                                Welcome.newBuilder()
                                        .setAgentId(AgentID.newBuilder().setValue(agentId))
                                        .setMasterId("m")
                                        .setEpoch(epoch)
                                        .setHeartbeatIntervalMs(heartbeatMs))
                        .build());
        List<Order> again;
        synchronized (issued) {
            again =
                    issued.stream()
                            .filter(order -> order.getNumber() > hello.getOrderSeen())
                            .toList();
        }
        for (var order : again) send(MasterMessage.newBuilder().setOrder(order).build());
        // The stream stays open for as long as this request is being answered.
        Await.within(Duration.ofMinutes(5))
                .until("the end of a stream", () -> !stream.equals(Optional.of(mine)));
    }

    private void take(Report report) {
        reports.add(report);
        if (report.hasOperationOutcome()) {
            heard(report.getOperationOutcome());
            return;
        }
        if (!report.hasStatusUpdate()) return;
        var status = report.getStatusUpdate().getStatus();
        statuses.putIfAbsent(status.getUuid(), status);
        if (isAcknowledging) acknowledge(report.getStatusUpdate().getFrameworkId(), status);
    }

    private void heard(OperationOutcome outcome) {
        outcomes.add(outcome);
        var heard = OperationHeard.newBuilder().setOrder(outcome.getOrder());
        if (isAcknowledging) send(MasterMessage.newBuilder().setOperationHeard(heard).build());
    }

    /// How operations ended, as far as it was told.
    List<OperationOutcome> outcomes() {
        return List.copyOf(outcomes);
    }

    void acknowledge(TaskStatus status) {
        acknowledge(FrameworkID.newBuilder().setValue(FRAMEWORK).build(), status);
    }

    private void acknowledge(FrameworkID framework, TaskStatus status) {
        send(
                MasterMessage.newBuilder()
                        .setAcknowledgement(
                                StatusAcknowledgement.newBuilder()
                                        .setFrameworkId(framework)
                                        .setTaskId(status.getTaskId())
                                        .setUuid(status.getUuid()))
                        .build());
    }

    void send(MasterMessage message) {
        stream.ifPresent(to -> send(to, message));
    }

    private void send(Stream to, MasterMessage message) {
        try {
            synchronized (to) {
                RecordWriter.frame(message.toByteArray(), to.out());
                to.out().flush();
            }
        } catch (IOException _) {
            hangUp();
        }
    }

    /// Ends the stream as a crash would.
    void hangUp() {
        stream = Optional.empty();
    }

    /// An agent that starts over is a new one, to which no orders were given.
    void goodbye(Goodbye.Then then) {
        if (then == Goodbye.Then.START_OVER) {
            synchronized (issued) {
                issued.clear();
            }
        }
        send(
                MasterMessage.newBuilder()
                        .setGoodbye(Goodbye.newBuilder().setReason("a test says so").setThen(then))
                        .build());
        hangUp();
    }

    void order(Order.Builder order) {
        var numbered = order.setEpoch(epoch).setNumber(orders.incrementAndGet()).build();
        synchronized (issued) {
            issued.add(numbered);
        }
        send(MasterMessage.newBuilder().setOrder(numbered).build());
    }

    void launch(String task, String command) {
        launch(task(task).setCommand(CommandInfo.newBuilder().setValue(command)));
    }

    void launch(TaskInfo.Builder task) {
        var framework =
                FrameworkInfo.newBuilder()
                        .setName("test")
                        .setUser(System.getProperty("user.name"))
                        .setId(FrameworkID.newBuilder().setValue(FRAMEWORK))
                        .addCapabilities(
                                FrameworkInfo.Capability.newBuilder()
                                        .setType(FrameworkInfo.Capability.Type.TASK_KILLING_STATE));
        launch(framework, task);
    }

    void launch(FrameworkInfo.Builder framework, TaskInfo.Builder task) {
        order(
                Order.newBuilder()
                        .setLaunch(Launch.newBuilder().setFramework(framework).setTask(task)));
    }

    TaskInfo.Builder task(String task) {
        return TaskInfo.newBuilder()
                .setName(task)
                .setTaskId(TaskID.newBuilder().setValue(task))
                .setAgentId(AgentID.newBuilder().setValue(agentId));
    }

    void kill(String task, Duration grace) {
        var policy =
                KillPolicy.newBuilder()
                        .setGracePeriod(DurationInfo.newBuilder().setNanoseconds(grace.toNanos()));
        order(
                Order.newBuilder()
                        .setKill(
                                Kill.newBuilder()
                                        .setFrameworkId(
                                                FrameworkID.newBuilder().setValue(FRAMEWORK))
                                        .setTaskId(TaskID.newBuilder().setValue(task))
                                        .setKillPolicy(policy)));
    }

    /// Its orders are counted on from another's, as a leader's are from those of the one before.
    void succeed(FakeMaster former) {
        orders.set(former.orders.get());
    }

    void shutdownFramework() {
        order(
                Order.newBuilder()
                        .setShutdownFramework(
                                ShutdownFramework.newBuilder()
                                        .setFrameworkId(
                                                FrameworkID.newBuilder().setValue(FRAMEWORK))));
    }

    List<Hello> hellos() {
        return List.copyOf(hellos);
    }

    /// The epochs above which it was asked for a leader.
    List<Long> questions() {
        return List.copyOf(questions);
    }

    List<Report> reports() {
        return List.copyOf(reports);
    }

    /// Each status of the task once, in the order in which they came.
    List<TaskStatus> statuses(String task) {
        synchronized (statuses) {
            return statuses.values().stream()
                    .filter(status -> status.getTaskId().getValue().equals(task))
                    .toList();
        }
    }

    List<TaskState> states(String task) {
        return statuses(task).stream().map(TaskStatus::getState).toList();
    }

    TaskStatus await(String task, TaskState state) {
        Await.within(LIMIT).until(task + " to be " + state, () -> states(task).contains(state));
        return statuses(task).stream()
                .filter(status -> status.getState() == state)
                .findFirst()
                .orElseThrow();
    }

    void awaitHello(int count) {
        Await.within(LIMIT)
                .until(count + " hellos", () -> hellos.size() >= count && stream.isPresent());
    }

    @Override
    public void close() {
        isMute = false;
        hangUp();
        server.stop(0);
    }
}
