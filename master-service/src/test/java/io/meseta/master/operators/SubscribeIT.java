package io.meseta.master.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.testing.Samples;
import io.meseta.master.testing.ScriptedAgent;
import io.meseta.master.testing.ScriptedFramework;
import io.meseta.master.testing.TestMaster;
import io.meseta.mesos.json.JsonLimits;
import io.meseta.mesos.json.MesosJson;
import io.meseta.mesos.json.UnreadableJson;
import io.meseta.mesos.recordio.RecordReader;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.master.Call;
import io.meseta.mesos.v1.master.Event;
import io.meseta.testkit.Await;
import io.meseta.testkit.http.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SubscribeIT {

    private static final String PROTOBUF = "application/x-protobuf";
    private static final int RECORD_BYTES_MAX = 16 * 1024 * 1024;

    @SuppressWarnings("NullAway.Init") // each test starts one with settings of its own
    private TestMaster master;

    @SuppressWarnings("NullAway.Init") // the same
    private RawHttp http;

    private void start(String... settings) {
        master = TestMaster.start(settings);
        http = master.http();
    }

    @AfterEach
    void stop() {
        if (master != null) master.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", PROTOBUF})
    void tellsOperatorsWhatMesosWould(String type) {
        start();
        try (var operator = new Operator(type)) {
            operator.await("SUBSCRIBED", Event::hasSubscribed);
            try (var agent =
                            ScriptedAgent.hello(
                                    http,
                                    ScriptedAgent.machine("rack:r1").build(),
                                    ScriptedAgent.running());
                    var framework = ScriptedFramework.subscribe(http, Samples.MODERN)) {
                framework.launch(framework.offer(), Samples.task("t1", agent.id()));
                var running =
                        operator.await(
                                "it runs",
                                event ->
                                        event.getTaskUpdated().getState()
                                                == TaskState.TASK_RUNNING);
                assertThat(running.getTaskUpdated().getStatus().getUuid().size()).isEqualTo(16);
                var added = operator.await("the agent", Event::hasAgentAdded);
                assertThat(added.getAgentAdded().getAgent().getAgentInfo().getId().getValue())
                        .isEqualTo(agent.id());
                var task = operator.await("the task", Event::hasTaskAdded).getTaskAdded().getTask();
                assertThat(task.getState()).isEqualTo(TaskState.TASK_STAGING);
                assertThat(task.getResources(0).getAllocationInfo().getRole()).isEqualTo("dev");
                var shown =
                        operator.await("the framework", Event::hasFrameworkAdded)
                                .getFrameworkAdded()
                                .getFramework();
                assertThat(shown.getConnected()).isTrue();
                try (var late = new Operator(type)) {
                    var state =
                            late.await("SUBSCRIBED", Event::hasSubscribed)
                                    .getSubscribed()
                                    .getGetState();
                    assertThat(state.getGetTasks().getTasksCount()).isEqualTo(1);
                    assertThat(state.getGetAgents().getAgentsCount()).isEqualTo(1);
                    assertThat(state.getGetFrameworks().getFrameworksCount()).isEqualTo(1);
                }
                http.send(
                        "POST",
                        "/teardown",
                        ("frameworkId=" + framework.id()).getBytes(StandardCharsets.UTF_8));
                operator.await("its end", Event::hasFrameworkRemoved);
            }
            assertThat(operator.events().stream().map(Event::getType).limit(5))
                    .containsExactly(
                            Event.Type.SUBSCRIBED,
                            Event.Type.HEARTBEAT,
                            Event.Type.AGENT_ADDED,
                            Event.Type.FRAMEWORK_ADDED,
                            Event.Type.TASK_ADDED);
        }
    }

    @Test
    void tellsOfAnAgentThatIsLostAndComesBack() {
        start();
        try (var operator = new Operator("application/json")) {
            operator.await("SUBSCRIBED", Event::hasSubscribed);
            String id;
            try (var agent = ScriptedAgent.hello(http, ScriptedAgent.machine().build())) {
                id = agent.id();
            }
            Await.shortly()
                    .until(
                            "it is missed",
                            () ->
                                    master.leadership().cluster().agents().values().stream()
                                            .noneMatch(each -> each.isLinked()));
            master.leadership().pass(Duration.ofMinutes(2));

            var removed = operator.await("the loss", Event::hasAgentRemoved);

            assertThat(removed.getAgentRemoved().getAgentId().getValue()).isEqualTo(id);
        }
    }

    @Test
    void beatsAndEndsWithTheReign() {
        start("meseta.master.links.heartbeat-interval=300ms");
        try (var operator = new Operator(PROTOBUF)) {
            var subscribed = operator.await("SUBSCRIBED", Event::hasSubscribed).getSubscribed();
            assertThat(subscribed.getHeartbeatIntervalSeconds()).isEqualTo(0.3);
            Await.shortly()
                    .until(
                            "three heartbeats came",
                            () ->
                                    operator.events().stream()
                                                    .filter(each ->
                                                            each.getType() == Event.Type.HEARTBEAT)
                                                    .count()
                                            >= 3);
            master.leadership().lead();
            Await.shortly().until("it hangs up", operator::isEnded);
        }
    }

    @Test
    void letsTheOldestGoForOneTooMany() {
        start("meseta.master.events.subscribers-max=2");
        try (var first = new Operator(PROTOBUF);
                var second = new Operator(PROTOBUF)) {
            first.await("SUBSCRIBED", Event::hasSubscribed);
            second.await("SUBSCRIBED", Event::hasSubscribed);
            try (var third = new Operator(PROTOBUF)) {
                third.await("SUBSCRIBED", Event::hasSubscribed);
                Await.shortly().until("the oldest is let go", first::isEnded);
                assertThat(second.isEnded()).isFalse();
            }
        }
    }

    /// Someone who has subscribed.
    private final class Operator implements AutoCloseable {

        private final RawHttp.Flow flow;
        private final boolean isJson;
        private final List<Event> events = new CopyOnWriteArrayList<>();
        private volatile boolean isEnded;

        Operator(String type) {
            this.isJson = !type.equals(PROTOBUF);
            var call = Call.newBuilder().setType(Call.Type.SUBSCRIBE).build();
            this.flow =
                    http.open(
                            "POST",
                            "/api/v1",
                            isJson ? MesosJson.write(call) : call.toByteArray(),
                            "Content-Type: " + type,
                            "Accept: " + type);
            assertThat(flow.status()).isEqualTo(200);
            assertThat(flow.headers()).doesNotContainKey("mesos-stream-id");
            assertThat(flow.headers()).containsEntry("content-type", type);
            var _ = Thread.ofVirtual().start(this::listen);
        }

        List<Event> events() {
            return events;
        }

        boolean isEnded() {
            return isEnded;
        }

        Event await(String what, Predicate<Event> predicate) {
            return Await.shortly()
                    .value(
                            what + " came, beside " + events.size() + " others",
                            () -> events.stream().filter(predicate).findFirst());
        }

        private void listen() {
            try (var records = new RecordReader(flow.body(), RECORD_BYTES_MAX)) {
                for (var next = records.next(); next.isPresent(); next = records.next())
                    events.add(
                            isJson
                                    ? MesosJson.read(
                                            next.get(),
                                            Event.getDefaultInstance(),
                                            JsonLimits.DEFAULT)
                                    : Event.parseFrom(next.get()));
            } catch (IOException | UncheckedIOException _) {
                // Either side has hung up.
                isEnded = true;
            } catch (UnreadableJson broken) {
                throw new AssertionError("the master sent rubbish", broken);
            }
            isEnded = true;
        }

        @Override
        public void close() {
            flow.close();
        }
    }
}
