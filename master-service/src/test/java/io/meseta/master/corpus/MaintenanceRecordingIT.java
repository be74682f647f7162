package io.meseta.master.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import io.meseta.master.testing.Samples;
import io.meseta.master.testing.ScriptedAgent;
import io.meseta.master.testing.ScriptedFramework;
import io.meseta.master.testing.TestMaster;
import io.meseta.mesos.json.MesosJson;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.mesos.v1.master.Response;
import io.meseta.mesos.v1.scheduler.Event;
import io.meseta.testkit.Await;
import io.meseta.testkit.corpus.Ids;
import io.meseta.testkit.corpus.Recorded;
import io.meseta.testkit.corpus.Replay;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Replays the recording in which a machine is scheduled, its agent deactivated, and drained.
final class MaintenanceRecordingIT {

    private static final Pattern STREAM = Pattern.compile("Mesos-Stream-Id: .*");
    private static final Pattern FRAMEWORK =
            Pattern.compile("(\"framework_id\": \\{\"value\": \")[^\"]*");
    private static final Pattern INVERSE =
            Pattern.compile("(\"inverse_offer_ids\": \\[\\{\"value\": \")[0-9a-f-]{36}-O[0-9]+");

    /// What this room answers; the agents' ids are hidden in protobuf, and the rest belongs to
    /// others.
    private static final Pattern OURS =
            Pattern.compile(
                    ".*((UPDATE|GET|START|STOP)_MAINTENANCE.*|-GET-s.*|POST-schedule.*"
                            + "|ACTIVATE_AGENT.*json|DRAIN_AGENT.*json|fw-.*INVERSE.*)");

    private TestMaster master;

    @BeforeEach
    void start() {
        assumeTrue(Recorded.folder().isPresent(), "the recordings are not beside the repository");
        master = TestMaster.start();
    }

    @AfterEach
    void stop() {
        if (master != null) master.close();
    }

    @Test
    void maintainsMachinesAsMesosDid() throws IOException {
        var cases = Recorded.group(Recorded.folder().orElseThrow(), "maintenance");
        try (var agent =
                        ScriptedAgent.hello(
                                master.http(),
                                ScriptedAgent.machine("rack:r1", "zone:z1", "num:5").build(),
                                MaintenanceRecordingIT::live);
                var framework = ScriptedFramework.subscribe(master.http(), Samples.MODERN)) {
            framework.launch(framework.offer(), Samples.task("m1", agent.id()));
            acknowledge(framework, agent, TaskState.TASK_STARTING);
            acknowledge(framework, agent, TaskState.TASK_RUNNING);
            var replay =
                    new Replay(
                            master.http(),
                            MaintenanceRecordingIT::json,
                            new Ids(Optional.of(agent.id())));
            for (var each : cases) {
                if (each.name().contains("fw-ACKNOWLEDGE-m1-TASK_KILLING"))
                    acknowledge(framework, agent, TaskState.TASK_KILLING);
                else if (each.name().contains("fw-ACKNOWLEDGE-m1-TASK_KILLED"))
                    acknowledge(framework, agent, TaskState.TASK_KILLED);
                else if (each.name().contains("fw-") && OURS.matcher(each.name()).matches())
                    replay.replay(each, streamed(each, framework), body(each, framework));
                else if (OURS.matcher(each.name()).matches()) replay.replay(each);
            }

            assertThat(replay.compared()).isGreaterThan(40);
            assertThat(replay.mismatches()).isEmpty();
            sees(framework);
        }
    }

    /// Each offer of the machine says when it will be away, as long as it is scheduled.
    private static void sees(ScriptedFramework framework) {
        assertThat(framework.events().stream().map(Event::getType))
                .contains(Event.Type.INVERSE_OFFERS, Event.Type.RESCIND_INVERSE_OFFER);
        var offers =
                framework.events().stream()
                        .flatMap(event -> event.getOffers().getOffersList().stream())
                        .toList();
        assertThat(offers).anyMatch(offer -> offer.hasUnavailability());
        assertThat(offers.getLast().hasUnavailability()).isFalse();
        var asked =
                framework.events().stream()
                        .flatMap(event -> event.getInverseOffers().getInverseOffersList().stream())
                        .findFirst()
                        .orElseThrow();
        assertThat(asked.getUnavailability().getStart().getNanoseconds())
                .isEqualTo(1_795_359_000_303_807_232L);
        assertThat(asked.getUrl().getPath()).isEqualTo("/slave(1)");
        assertThat(asked.getResourcesCount()).isZero();
    }

    /// Runs what it is asked to, and empties itself when it is told to.
    private static void live(ScriptedAgent.Said said) {
        ScriptedAgent.running().accept(said);
        var message = said.message();
        boolean isFirst =
                said.agent().heard().stream().filter(each -> each.hasDrain()).count() == 1;
        if (message.hasDrain() && !message.getDrain().getIsOver() && isFirst)
            drained(said.agent(), TaskState.TASK_KILLING);
        if (message.hasAcknowledgement()
                && said.agent().heard().stream().anyMatch(each -> each.hasDrain()))
            drained(said.agent(), TaskState.TASK_KILLED);
    }

    private static void drained(ScriptedAgent agent, TaskState state) {
        var launch =
                agent.heard().stream()
                        .filter(each -> each.getOrder().hasLaunch())
                        .findFirst()
                        .orElseThrow()
                        .getOrder()
                        .getLaunch();
        var update =
                agent.status(
                        launch.getFramework().getId(),
                        launch.getTask().getTaskId(),
                        state,
                        UUID.randomUUID());
        var status =
                update.getStatus().toBuilder()
                        .setReason(TaskStatus.Reason.REASON_AGENT_DRAINING)
                        .build();
        agent.send(update.toBuilder().setStatus(status).build());
    }

    private static void acknowledge(
            ScriptedFramework framework, ScriptedAgent agent, TaskState state) {
        var update =
                framework.await(
                        "the task is " + state,
                        event ->
                                event.hasUpdate()
                                        && event.getUpdate().getStatus().getState() == state);
        var uuid =
                Base64.getEncoder()
                        .encodeToString(update.getUpdate().getStatus().getUuid().toByteArray());
        var reply =
                framework.call(
                        "ACKNOWLEDGE",
                        ("\"acknowledge\":{\"agent_id\":{\"value\":\"%s\"},\"task_id\":{\"value\":"
                                        + "\"m1\"},\"uuid\":\"%s\"}")
                                .formatted(agent.id(), uuid));
        assertThat(reply.status()).isEqualTo(202);
    }

    private static List<String> streamed(Recorded each, ScriptedFramework framework) {
        return each.headers().stream()
                .map(header ->
                        STREAM.matcher(header)
                                .replaceFirst("Mesos-Stream-Id: " + framework.streamId()))
                .toList();
    }

    /// The one that was accepted had been taken back; the one that was declined is open.
    private static String body(Recorded each, ScriptedFramework framework) {
        var text = new String(each.requestBody(), StandardCharsets.UTF_8);
        text = FRAMEWORK.matcher(text).replaceAll("$1" + framework.id());
        if (!each.name().contains("DECLINE")) return text;
        // One for each of the two schedules.
        var open =
                Await.shortly()
                        .value(
                                "it is asked again",
                                () ->
                                        framework.events().stream()
                                                .flatMap(event ->
                                                        event
                                                                .getInverseOffers()
                                                                .getInverseOffersList()
                                                                .stream())
                                                .skip(1)
                                                .findFirst());
        return INVERSE.matcher(text).replaceAll("$1" + open.getId().getValue());
    }

    private static byte[] json(byte[] response) {
        try {
            return MesosJson.write(Response.parseFrom(response));
        } catch (InvalidProtocolBufferException broken) {
            throw new AssertionError("not a response", broken);
        }
    }
}
