package io.meseta.master.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.meseta.mesos.recordio.RecordReader;
import io.meseta.mesos.v1.AgentInfo;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.OperationState;
import io.meseta.mesos.v1.TaskID;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.testkit.Await;
import io.meseta.testkit.http.RawHttp;
import io.meseta.wire.agent.AgentCall;
import io.meseta.wire.agent.Heartbeat;
import io.meseta.wire.agent.Hello;
import io.meseta.wire.agent.MasterMessage;
import io.meseta.wire.agent.OperationOutcome;
import io.meseta.wire.agent.Report;
import io.meseta.wire.agent.Reports;
import io.meseta.wire.agent.StatusUpdate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// An agent that does what a test says, over HTTP.
public final class ScriptedAgent implements AutoCloseable {

    private static final int RECORD_BYTES_MAX = 16 * 1024 * 1024;
    private static final String ROUTE = "/api/meseta/v1/agent-link";

    private final RawHttp http;
    private final RawHttp.Flow flow;
    private final List<MasterMessage> heard = new CopyOnWriteArrayList<>();
    private final AtomicLong reports = new AtomicLong();
    private final Consumer<Said> reaction;
    private volatile boolean isEnded;

    /// Something the master said, and who heard it.
    public record Said(ScriptedAgent agent, MasterMessage message) {}

    private ScriptedAgent(RawHttp http, RawHttp.Flow flow, Consumer<Said> reaction) {
        this.http = http;
        this.flow = flow;
        this.reaction = reaction;
        var _ = Thread.ofVirtual().start(this::listen);
    }

    /// Says hello and does nothing of its own.
    public static ScriptedAgent hello(RawHttp http, Hello hello) {
        return hello(http, hello, _ -> {});
    }

    public static ScriptedAgent hello(RawHttp http, Hello hello, Consumer<Said> reaction) {
        var call = AgentCall.newBuilder().setHello(hello).build();
        var flow = http.open("POST", ROUTE, call.toByteArray(), protobuf());
        assertThat(flow.status()).isEqualTo(200);
        return new ScriptedAgent(http, flow, reaction);
    }

    /// Runs each task from start to end as soon as it is asked to: what an agent does that works.
    public static Consumer<Said> running() {
        return said -> {
            if (!said.message().hasOrder()) return;
            var order = said.message().getOrder();
            if (order.hasLaunch()) {
                var framework = order.getLaunch().getFramework().getId();
                var task = order.getLaunch().getTask().getTaskId();
                said.agent().report(framework, task, TaskState.TASK_STARTING);
                said.agent().report(framework, task, TaskState.TASK_RUNNING);
            } else if (order.hasOperate()) {
                said.agent().finish(order.getNumber());
            } else if (order.hasKill()) {
                var kill = order.getKill();
                said.agent().report(kill.getFrameworkId(), kill.getTaskId(), TaskState.TASK_KILLED);
            }
        };
    }

    private static String[] protobuf() {
        return new String[] {"Content-Type: application/x-protobuf"};
    }

    /// A machine with four CPUs, four gigabytes and a name.
    public static Hello.Builder machine(String... attributes) {
        var info = AgentInfo.newBuilder().setHostname("127.0.0.1").setPort(5051);
        info.addResources(Samples.scalar("cpus", 4));
        info.addResources(Samples.scalar("mem", 4096));
        info.addResources(Samples.scalar("disk", 8192));
        info.addResources(Samples.ports(31000, 32000));
        for (var attribute : attributes) info.addAttributes(Samples.attribute(attribute));
        var hello = Hello.newBuilder().setAgentInfo(info).setVersion("1.12.0").setBootId("boot");
        for (var type : AgentInfo.Capability.Type.values())
            if (type != AgentInfo.Capability.Type.UNKNOWN)
                hello.addCapabilities(AgentInfo.Capability.newBuilder().setType(type));
        return hello;
    }

    public String linkId() {
        return flow.headers().getOrDefault("meseta-stream-id", "");
    }

    public String id() {
        return await("a welcome", MasterMessage::hasWelcome).getWelcome().getAgentId().getValue();
    }

    public MasterMessage await(String what, Predicate<MasterMessage> predicate) {
        return Await.shortly()
                .value(what + " came", () -> heard.stream().filter(predicate).findFirst());
    }

    public List<MasterMessage> heard() {
        return heard;
    }

    public boolean isEnded() {
        return isEnded;
    }

    /// Reports that a task is in a state, under a new uuid, which it returns.
    public UUID report(FrameworkID framework, TaskID task, TaskState state) {
        var uuid = UUID.randomUUID();
        assertThat(send(status(framework, task, state, uuid)).status()).isEqualTo(202);
        return uuid;
    }

    /// Says that the operation ordered by this number is done.
    public void finish(long order) {
        var outcome =
                OperationOutcome.newBuilder()
                        .setOrder(order)
                        .setState(OperationState.OPERATION_FINISHED);
        var report =
                Report.newBuilder()
                        .setNumber(reports.incrementAndGet())
                        .setOperationOutcome(outcome);
        var call = AgentCall.newBuilder().setReports(Reports.newBuilder().addReports(report));
        assertThat(call(call.build()).status()).isEqualTo(202);
    }

    public StatusUpdate status(FrameworkID framework, TaskID task, TaskState state, UUID uuid) {
        var bytes =
                ByteBuffer.allocate(16)
                        .putLong(uuid.getMostSignificantBits())
                        .putLong(uuid.getLeastSignificantBits())
                        .array();
        var status =
                TaskStatus.newBuilder()
                        .setTaskId(task)
                        .setState(state)
                        .setSource(TaskStatus.Source.SOURCE_EXECUTOR)
                        .setTimestamp(1_767_225_600.5)
                        .setUuid(ByteString.copyFrom(bytes));
        return StatusUpdate.newBuilder()
                .setFrameworkId(framework)
                .setStatus(status)
                .setLatestState(state)
                .build();
    }

    /// Sends updates as one message.
    public RawHttp.Reply send(StatusUpdate... updates) {
        var all = Reports.newBuilder();
        for (var update : updates)
            all.addReports(
                    Report.newBuilder()
                            .setNumber(reports.incrementAndGet())
                            .setStatusUpdate(update));
        return call(AgentCall.newBuilder().setReports(all).build());
    }

    public RawHttp.Reply beat() {
        return call(AgentCall.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()).build());
    }

    public RawHttp.Reply call(AgentCall call) {
        return http.send(
                "POST",
                ROUTE,
                call.toByteArray(),
                "Content-Type: application/x-protobuf",
                "Meseta-Stream-Id: " + linkId());
    }

    private void listen() {
        try (var records = new RecordReader(flow.body(), RECORD_BYTES_MAX)) {
            for (var next = records.next(); next.isPresent(); next = records.next()) {
                var message = MasterMessage.parseFrom(next.get());
                heard.add(message);
                reaction.accept(new Said(this, message));
            }
        } catch (IOException | UncheckedIOException _) {
            // Either side has hung up.
            isEnded = true;
        }
        isEnded = true;
    }

    @Override
    public void close() {
        flow.close();
    }
}
