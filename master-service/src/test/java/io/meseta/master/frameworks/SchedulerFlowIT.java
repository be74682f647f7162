package io.meseta.master.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.testing.Samples;
import io.meseta.master.testing.ScriptedAgent;
import io.meseta.master.testing.ScriptedFramework;
import io.meseta.master.testing.TestMaster;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.TaskID;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.mesos.v1.scheduler.Event;
import io.meseta.testkit.Await;
import io.meseta.testkit.http.RawHttp;
import io.meseta.wire.agent.MasterMessage;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SchedulerFlowIT {

    private TestMaster master;
    private RawHttp http;

    @BeforeEach
    void start() {
        master = TestMaster.start("meseta.master.links.heartbeat-interval=200ms");
        http = master.http();
    }

    @AfterEach
    void stop() {
        master.close();
    }

    @Test
    void runsATaskFromTheFirstOfferToItsLastAcknowledgement() {
        try (var agent = ScriptedAgent.hello(http, ScriptedAgent.machine("rack:r1").build());
                var framework = ScriptedFramework.subscribe(http, Samples.MODERN)) {
            var offer = framework.offer();
            assertThat(offer.getHostname()).isEqualTo("127.0.0.1");
            assertThat(offer.getUrl().getPath()).isEqualTo("/slave(1)");
            assertThat(offer.getUrl().getAddress().getPort()).isEqualTo(5051);
            assertThat(offer.getAllocationInfo().getRole()).isEqualTo("dev");
            assertThat(offer.getAttributes(0).getText().getValue()).isEqualTo("r1");

            assertThat(framework.launch(offer, Samples.task("t1", agent.id())).status())
                    .isEqualTo(202);
            var launch =
                    agent.await("the launch", message -> message.getOrder().hasLaunch()).getOrder();
            assertThat(launch.getNumber()).isEqualTo(1);
            assertThat(launch.getLaunch().getTask().getCommand().getValue()).isEqualTo("sleep 100");
            assertThat(launch.getLaunch().getFramework().getId().getValue())
                    .isEqualTo(framework.id());

            for (var state :
                    new TaskState[] {
                        TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_FINISHED
                    }) {
                agent.report(id(framework), task("t1"), state);
                var status = update(framework, "t1", state);
                assertThat(status.getAgentId().getValue()).isEqualTo(agent.id());
                acknowledge(framework, status);
                agent.await(
                        "the receipt",
                        message -> message.getAcknowledgement().getUuid().equals(status.getUuid()));
            }
            assertThat(master.leadership().cluster().tasks().size()).isZero();
            var next = framework.offer();
            assertThat(next.getResourcesList()).anyMatch(each -> each.getName().equals("cpus"));
        }
    }

    @Test
    void offersInOlderWordsToAFrameworkWithoutCapabilities() {
        try (var _ = ScriptedAgent.hello(http, ScriptedAgent.machine().build());
                var framework = ScriptedFramework.subscribe(http, Samples.PLAIN)) {
            var offer = framework.offer();

            assertThat(offer.hasAllocationInfo()).isFalse();
            assertThat(offer.getResourcesList())
                    .allSatisfy(each -> {
                        assertThat(each.hasAllocationInfo()).isFalse();
                        assertThat(each.getReservationsCount()).isZero();
                    });
            assertThat(framework.texts().getLast()).contains("\"role\":\"*\"");
        }
    }

    @Test
    void letsAHeartbeatFollowTheSubscriptionAtOnceAndThenAgainAndAgain() {
        try (var framework = ScriptedFramework.subscribe(http, Samples.PLAIN)) {
            assertThat(framework.contentType()).isEqualTo("application/json");
            assertThat(framework.streamId()).hasSize(36);
            framework.id();
            Await.shortly()
                    .until(
                            "three heartbeats have come",
                            () ->
                                    framework.events().stream()
                                                    .filter(event ->
                                                            event.getType() == Event.Type.HEARTBEAT)
                                                    .count()
                                            >= 3);
            assertThat(framework.events().get(0).getType()).isEqualTo(Event.Type.SUBSCRIBED);
            assertThat(framework.events().get(1).getType()).isEqualTo(Event.Type.HEARTBEAT);
            assertThat(framework.events().get(0).getSubscribed().getMasterInfo().getPort())
                    .isEqualTo(master.port());
        }
    }

    @Test
    void endsTheOlderStreamOfAFrameworkThatSubscribesAgain() {
        try (var older = ScriptedFramework.subscribe(http, Samples.MODERN)) {
            var id = older.id();
            try (var newer = ScriptedFramework.resubscribe(http, id, Samples.MODERN)) {
                assertThat(newer.id()).isEqualTo(id);
                var error = older.await("the error", Event::hasError).getError();
                assertThat(error.getMessage()).isEqualTo("Framework failed over");
                Await.shortly().until("the older stream has ended", older::isEnded);

                var reply = older.call("REVIVE", "");
                assertThat(reply.status()).isEqualTo(400);
                assertThat(reply.text())
                        .isEqualTo(
                                "The stream ID '%s' included in this request didn't match the"
                                                .formatted(older.streamId())
                                        + " stream ID currently associated with framework ID "
                                        + id);
            }
        }
    }

    @Test
    void forgetsAFrameworkThatHangsUpAndDoesNotComeBack() {
        var framework = ScriptedFramework.subscribe(http, Samples.PLAIN);
        var id = framework.id();
        framework.close();
        Await.shortly()
                .until(
                        "the master has noticed",
                        () ->
                                master.leadership().cluster().frameworks().values().stream()
                                        .noneMatch(each -> each.isConnected()));
        master.leadership().pass(Duration.ZERO);

        try (var again = ScriptedFramework.resubscribe(http, id, Samples.PLAIN)) {
            assertThat(again.await("the error", Event::hasError).getError().getMessage())
                    .isEqualTo("Framework has been removed");
            Await.shortly().until("the stream has ended", again::isEnded);
        }
    }

    @Test
    void keepsAFrameworkForItsFailoverTimeout() {
        var info = "{\"user\":\"u\",\"name\":\"n\",\"failover_timeout\":5.0}";
        var framework = ScriptedFramework.resubscribe(http, "my-own-id", info);
        framework.id();
        framework.close();
        Await.shortly()
                .until(
                        "the master has noticed",
                        () ->
                                master.leadership().cluster().frameworks().values().stream()
                                        .noneMatch(each -> each.isConnected()));

        master.leadership().pass(Duration.ZERO);
        assertThat(master.leadership().cluster().frameworks()).hasSize(1);
        master.leadership().pass(Duration.ofSeconds(5));
        assertThat(master.leadership().cluster().frameworks()).isEmpty();
    }

    @Test
    void tellsAFrameworkWhatIsWrongWithEachOfItsTasks() {
        try (var agent = ScriptedAgent.hello(http, ScriptedAgent.machine().build());
                var framework = ScriptedFramework.subscribe(http, Samples.MODERN)) {
            var good = Samples.task("good", agent.id());
            var bad = Samples.task("bad", agent.id(), "\"labels\":{}");
            var nameless = Samples.task("a/b", agent.id());
            var elsewhere = Samples.task("elsewhere", "S999");

            assertThat(framework.launch(framework.offer(), good, bad, nameless, elsewhere).status())
                    .isEqualTo(202);

            agent.await("the good launch", message -> message.getOrder().hasLaunch());
            assertThat(update(framework, "bad", TaskState.TASK_ERROR).getMessage())
                    .isEqualTo(
                            "Task should have at least one (but not both) of CommandInfo or"
                                    + " ExecutorInfo present");
            var unnamed = update(framework, "a/b", TaskState.TASK_ERROR);
            assertThat(unnamed.getMessage()).isEqualTo("'a/b' contains invalid characters");
            assertThat(unnamed.getReason()).isEqualTo(TaskStatus.Reason.REASON_TASK_INVALID);
            assertThat(unnamed.hasUuid()).isFalse();
            assertThat(update(framework, "elsewhere", TaskState.TASK_ERROR).getMessage())
                    .isEqualTo(
                            "Task uses invalid agent S999 while agent %s is expected"
                                    .formatted(agent.id()));
        }
    }

    @Test
    void answersReconciliationFromWhatItKnows() {
        try (var agent =
                        ScriptedAgent.hello(
                                http, ScriptedAgent.machine().build(), ScriptedAgent.running());
                var framework = ScriptedFramework.subscribe(http, Samples.MODERN)) {
            framework.launch(framework.offer(), Samples.task("t1", agent.id()));
            update(framework, "t1", TaskState.TASK_RUNNING);

            var reply =
                    framework.call(
                            "RECONCILE",
                            "\"reconcile\":{\"tasks\":[{\"task_id\":{\"value\":\"t1\"}},"
                                    + "{\"task_id\":{\"value\":\"nope\"}}]}");

            assertThat(reply.status()).isEqualTo(202);
            var known =
                    framework
                            .await(
                                    "the answer",
                                    event ->
                                            event.getUpdate()
                                                    .getStatus()
                                                    .getMessage()
                                                    .equals("Reconciliation: Latest task state"))
                            .getUpdate()
                            .getStatus();
            assertThat(known.hasUuid()).isFalse();
            assertThat(known.getSource()).isEqualTo(TaskStatus.Source.SOURCE_MASTER);
            assertThat(known.getReason()).isEqualTo(TaskStatus.Reason.REASON_RECONCILIATION);
            assertThat(update(framework, "nope", TaskState.TASK_UNKNOWN).hasAgentId()).isFalse();
        }
    }

    @Test
    void killsATaskByItsFrameworksWord() {
        try (var agent =
                        ScriptedAgent.hello(
                                http, ScriptedAgent.machine().build(), ScriptedAgent.running());
                var framework = ScriptedFramework.subscribe(http, Samples.MODERN)) {
            framework.launch(framework.offer(), Samples.task("t1", agent.id()));
            update(framework, "t1", TaskState.TASK_RUNNING);

            framework.call(
                    "KILL",
                    "\"kill\":{\"task_id\":{\"value\":\"t1\"},"
                            + "\"kill_policy\":{\"grace_period\":{\"nanoseconds\":5}}}");

            var kill = agent.await("the kill", message -> message.getOrder().hasKill());
            assertThat(kill.getOrder().getKill().getKillPolicy().getGracePeriod().getNanoseconds())
                    .isEqualTo(5);
            update(framework, "t1", TaskState.TASK_KILLED);
        }
    }

    @Test
    void hangsUpOnEveryoneWhenItsReignIsOver() {
        try (var agent = ScriptedAgent.hello(http, ScriptedAgent.machine().build());
                var framework = ScriptedFramework.subscribe(http, Samples.MODERN)) {
            framework.offer();

            master.leadership().lead();

            Await.shortly().until("the framework's stream has ended", framework::isEnded);
            agent.await("a goodbye", MasterMessage::hasGoodbye);
            Await.shortly().until("the agent's link has ended", agent::isEnded);
            assertThat(framework.events()).noneMatch(Event::hasError);
        }
    }

    @Test
    void endsAFrameworkThatTearsItselfDown() {
        try (var agent =
                        ScriptedAgent.hello(
                                http, ScriptedAgent.machine().build(), ScriptedAgent.running());
                var framework = ScriptedFramework.subscribe(http, Samples.MODERN)) {
            framework.launch(framework.offer(), Samples.task("t1", agent.id()));
            update(framework, "t1", TaskState.TASK_RUNNING);

            assertThat(framework.call("TEARDOWN", "").status()).isEqualTo(202);

            Await.shortly().until("the stream has ended", framework::isEnded);
            agent.await(
                    "the order to end its tasks",
                    message -> message.getOrder().hasShutdownFramework());
            var late = framework.call("REVIVE", "");
            assertThat(late.status()).isEqualTo(400);
            assertThat(late.text()).isEqualTo("Framework cannot be found");
        }
    }

    private static FrameworkID id(ScriptedFramework framework) {
        return FrameworkID.newBuilder().setValue(framework.id()).build();
    }

    private static TaskID task(String id) {
        return TaskID.newBuilder().setValue(id).build();
    }

    private static TaskStatus update(ScriptedFramework framework, String task, TaskState state) {
        return framework
                .await(
                        state + " of " + task,
                        event ->
                                event.getUpdate().getStatus().getTaskId().getValue().equals(task)
                                        && event.getUpdate().getStatus().getState() == state)
                .getUpdate()
                .getStatus();
    }

    private static void acknowledge(ScriptedFramework framework, TaskStatus status) {
        var reply =
                framework.call(
                        "ACKNOWLEDGE",
                        ("\"acknowledge\":{\"agent_id\":{\"value\":\"%s\"},"
                                        + "\"task_id\":{\"value\":\"%s\"},\"uuid\":\"%s\"}")
                                .formatted(
                                        status.getAgentId().getValue(),
                                        status.getTaskId().getValue(),
                                        Base64.getEncoder()
                                                .encodeToString(status.getUuid().toByteArray())));
        assertThat(reply.status()).isEqualTo(202);
    }
}
