package io.meseta.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.meseta.mesos.recordio.RecordWriter;
import io.meseta.mesos.v1.Address;
import io.meseta.mesos.v1.AgentID;
import io.meseta.mesos.v1.AgentInfo;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.Offer;
import io.meseta.mesos.v1.OfferID;
import io.meseta.mesos.v1.Task;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.mesos.v1.URL;
import io.meseta.mesos.v1.scheduler.Call;
import io.meseta.mesos.v1.scheduler.Event;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A master and its one agent in this process, which really runs the tasks that it is given.
final class FakeCluster implements AutoCloseable {

    static final FrameworkID FRAMEWORK = FrameworkID.newBuilder().setValue("m-0000").build();
    static final AgentID AGENT = AgentID.newBuilder().setValue("m-S0").build();

    private final Path sandboxes;
    private final HttpServer server;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final List<String> ops = new CopyOnWriteArrayList<>();
    private final List<Task> tasks = new CopyOnWriteArrayList<>();
    private volatile double cpus = 2;
    private volatile boolean isAway;
    private volatile boolean isAgentPlain;
    private volatile boolean isAgentHidden;
    private final AtomicInteger offersInvalid = new AtomicInteger();
    private volatile @Nullable Stream stream;
    private volatile @Nullable Process process;

    private record Stream(OutputStream out, CountDownLatch end) {}

    FakeCluster(Path sandboxes) throws IOException {
        this.sandboxes = sandboxes;
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        this.server = HttpServer.create(address, 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        route("/api/v1/scheduler", this::scheduler);
        route("/api/v1", this::operator);
        route("/api/meseta/v1/tasks/", this::kill);
        route("/state", this::agentState);
        route("/files/read", this::plainRead);
        route("/agents/" + AGENT.getValue() + "/api/v1", this::operator);
        route("/agents/" + AGENT.getValue() + "/state", this::agentState);
        server.start();
    }

    /// While the master is away every route answers 503: connections reach it, words do not.
    private void route(String path, HttpHandler handler) {
        server.createContext(
                path,
                exchange -> {
                    if (isAway && !path.startsWith("/files") && !path.equals("/state")) {
                        respond(exchange, 503, new byte[0]);
                    } else {
                        handler.handle(exchange);
                    }
                });
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /// The calls that frameworks have made, in order.
    List<Call> calls() {
        return calls;
    }

    List<String> operatorCalls() {
        return ops;
    }

    void offerCpus(double amount) {
        cpus = amount;
    }

    /// The next launches are answered as when their offer has been withdrawn.
    void withdrawOffers(int count) {
        offersInvalid.set(count);
    }

    /// The agent knows no READ_FILE.
    void makeAgentPlain() {
        isAgentPlain = true;
    }

    /// The agent is reached by us alone, as by a gateway.
    void hideAgent() {
        isAgentHidden = true;
    }

    private int agentPort() {
        return isAgentHidden ? 1 : server.getAddress().getPort();
    }

    void addTask(String framework, String id, TaskState state) {
        tasks.add(FakeWords.task(framework, id, state));
    }

    /// Breaks the stream and answers nobody until [#comeBack].
    void goAway() {
        isAway = true;
        var open = stream;
        if (open != null) {
            open.end().countDown();
        }
    }

    void comeBack() {
        isAway = false;
    }

    private void scheduler(HttpExchange exchange) throws IOException {
        var call = Call.parseFrom(exchange.getRequestBody().readAllBytes());
        calls.add(call);
        if (call.getType() == Call.Type.SUBSCRIBE) {
            subscribe(exchange);
            return;
        }
        respond(exchange, 202, new byte[0]);
        switch (call.getType()) {
            case ACCEPT -> launch(call.getAccept().getOperations(0).getLaunch().getTaskInfos(0));
            case KILL -> killTask();
            case REVIVE -> send(offers());
            case RECONCILE -> reconcile();
            default -> {
                // Recorded above, which is all that the tests look at.
            }
        }
    }

    private void subscribe(HttpExchange exchange) throws IOException {
        var open = new Stream(exchange.getResponseBody(), new CountDownLatch(1));
        exchange.getResponseHeaders().add("Mesos-Stream-Id", UUID.randomUUID().toString());
        exchange.sendResponseHeaders(200, 0);
        stream = open;
        var subscribed = Event.newBuilder().setType(Event.Type.SUBSCRIBED);
        subscribed.getSubscribedBuilder().setFrameworkId(FRAMEWORK).setHeartbeatIntervalSeconds(15);
        send(subscribed);
        send(offers());
        try (exchange) {
            open.end().await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Event.Builder offers() {
        var offers = Event.newBuilder().setType(Event.Type.OFFERS);
        offers.getOffersBuilder().addOffers(offer());
        return offers;
    }

    private Offer offer() {
        var address = Address.newBuilder().setIp("127.0.0.1").setPort(agentPort());
        return Offer.newBuilder()
                .setId(OfferID.newBuilder().setValue("m-O" + calls.size()))
                .setFrameworkId(FRAMEWORK)
                .setAgentId(AGENT)
                .setHostname("nowhere.invalid")
                .setUrl(URL.newBuilder().setScheme("http").setAddress(address).setPath("/slave(1)"))
                .addResources(FakeWords.scalar("cpus", cpus))
                .addResources(FakeWords.scalar("mem", 1024))
                .addResources(FakeWords.PORTS)
                .build();
    }

    private void launch(TaskInfo task) throws IOException {
        var id = task.getTaskId().getValue();
        if (offersInvalid.getAndUpdate(count -> Math.max(0, count - 1)) > 0) {
            var lost =
                    FakeWords.status(id, TaskState.TASK_DROPPED)
                            .setSource(TaskStatus.Source.SOURCE_MASTER)
                            .setReason(TaskStatus.Reason.REASON_INVALID_OFFERS);
            send(FakeWords.update(lost));
            return;
        }
        tasks.add(FakeWords.task(FRAMEWORK.getValue(), id, TaskState.TASK_RUNNING));
        var sandbox = Files.createDirectories(sandboxes.resolve(id));
        var builder = new ProcessBuilder(task.getCommand().getArgumentsList());
        task.getCommand()
                .getEnvironment()
                .getVariablesList()
                .forEach(each -> builder.environment().put(each.getName(), each.getValue()));
        builder.redirectOutput(sandbox.resolve("stdout").toFile());
        builder.redirectError(sandbox.resolve("stderr").toFile());
        var started = builder.start();
        process = started;
        send(FakeWords.update(FakeWords.status(id, TaskState.TASK_RUNNING)));
        Thread.startVirtualThread(() -> awaitEnd(id, started));
    }

    private void awaitEnd(String id, Process started) {
        try {
            int code = started.waitFor();
            var state =
                    code == 0
                            ? TaskState.TASK_FINISHED
                            : code == 143 ? TaskState.TASK_KILLED : TaskState.TASK_FAILED;
            var words =
                    code == 143
                            ? "Command terminated with signal Terminated"
                            : "Command exited with status " + code;
            tasks.removeIf(task -> task.getTaskId().getValue().equals(id));
            tasks.add(FakeWords.task(FRAMEWORK.getValue(), id, state));
            if (!isAway) {
                send(FakeWords.update(FakeWords.status(id, state).setMessage(words)));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void killTask() {
        var running = process;
        if (running != null) {
            running.destroy();
        }
    }

    private void reconcile() {
        for (var task : tasks) {
            var words =
                    task.getState() == TaskState.TASK_FAILED ? "Command exited with status 5" : "";
            send(
                    FakeWords.update(
                            FakeWords.status(task.getTaskId().getValue(), task.getState())
                                    .setMessage(words)));
        }
    }

    private synchronized void send(Event.Builder event) {
        var open = stream;
        if (open == null) {
            return;
        }
        try {
            open.out().write(RecordWriter.frame(event.build().toByteArray()));
            open.out().flush();
        } catch (IOException _) {
            stream = null; // Nobody listens any more.
        }
    }

    private void operator(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        var agentCall = io.meseta.mesos.v1.agent.Call.parseFrom(body);
        if (agentCall.getType() == io.meseta.mesos.v1.agent.Call.Type.READ_FILE) {
            exactRead(exchange, agentCall.getReadFile());
            return;
        }
        var call = io.meseta.mesos.v1.master.Call.parseFrom(body);
        ops.add(call.getType().name());
        var response = io.meseta.mesos.v1.master.Response.newBuilder();
        switch (call.getType()) {
            case GET_TASKS -> {
                for (var task : tasks) {
                    if (Tasks.isTerminal(task.getState())) {
                        response.getGetTasksBuilder().addCompletedTasks(task);
                    } else {
                        response.getGetTasksBuilder().addTasks(task);
                    }
                }
            }
            case GET_AGENTS ->
                    response.getGetAgentsBuilder()
                            .addAgentsBuilder()
                            .setActive(true)
                            .setVersion("1")
                            .setPid("slave(1)@127.0.0.1:" + agentPort())
                            .addTotalResources(FakeWords.scalar("cpus", cpus))
                            .addTotalResources(FakeWords.scalar("mem", 1024))
                            .addTotalResources(FakeWords.PORTS)
                            .setAgentInfo(
                                    AgentInfo.newBuilder()
                                            .setId(AGENT)
                                            .setHostname("nowhere.invalid")
                                            .setPort(5051));
            default -> {
                // Writes answer with nothing.
            }
        }
        respond(exchange, 200, response.build());
    }

    private void kill(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        ops.add(path);
        var id = path.replaceAll(".*/|:kill$", "");
        boolean isKnown = tasks.stream().anyMatch(task -> task.getTaskId().getValue().equals(id));
        respond(exchange, isKnown ? 202 : 404, new byte[0]);
    }

    private void agentState(HttpExchange exchange) throws IOException {
        var executors = new ArrayList<String>();
        for (var task : tasks) {
            var id = task.getTaskId().getValue();
            executors.add(
                    "{\"id\":\"%s\",\"directory\":\"%s\"}".formatted(id, sandboxes.resolve(id)));
        }
        var state =
                "{\"frameworks\":[{\"id\":\"%s\",\"executors\":[%s]}]}"
                        .formatted(FRAMEWORK.getValue(), String.join(",", executors));
        respond(exchange, 200, state.getBytes(UTF_8));
    }

    private void exactRead(HttpExchange exchange, io.meseta.mesos.v1.agent.Call.ReadFile read)
            throws IOException {
        var file = Path.of(read.getPath());
        if (isAgentPlain || !Files.exists(file)) {
            respond(exchange, isAgentPlain ? 501 : 404, new byte[0]);
            return;
        }
        var response = io.meseta.mesos.v1.agent.Response.newBuilder();
        var data = data(file, read.getOffset());
        response.getReadFileBuilder().setSize(Files.size(file)).setData(data);
        respond(exchange, 200, response.build());
    }

    private void plainRead(HttpExchange exchange) throws IOException {
        var query = exchange.getRequestURI().getQuery();
        var file = Path.of(query.replaceAll("path=|&.*", ""));
        long offset = Long.parseLong(query.replaceAll(".*offset=|&length.*", ""));
        if (!Files.exists(file)) {
            respond(exchange, 404, new byte[0]);
            return;
        }
        var text = data(file, offset).toStringUtf8().replace("\n", "\\n");
        var json = "{\"data\":\"%s\",\"offset\":%d}".formatted(text, offset);
        respond(exchange, 200, json.getBytes(UTF_8));
    }

    /// In small pieces, so that several reads are needed.
    private static ByteString data(Path file, long offset) throws IOException {
        var bytes = ByteString.copyFrom(Files.readAllBytes(file));
        int from = (int) Math.min(offset, bytes.size());
        return bytes.substring(from, Math.min(bytes.size(), from + 1_000));
    }

    private static void respond(HttpExchange exchange, int status, MessageLite message)
            throws IOException {
        respond(exchange, status, message.toByteArray());
    }

    private static void respond(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        goAway();
        var running = process;
        if (running != null) {
            running.destroyForcibly();
        }
        server.stop(0);
    }
}
