package io.meseta.master.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.testing.OperatorStream;
import io.meseta.master.testing.Samples;
import io.meseta.master.testing.ScriptedAgent;
import io.meseta.master.testing.ScriptedFramework;
import io.meseta.master.testing.TestMaster;
import io.meseta.mesos.v1.OperationState;
import io.meseta.testkit.Await;
import io.meseta.testkit.http.RawHttp;
import io.meseta.wire.events.OperatorEvent;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Operators who ask for more than Mesos tells, and go on where they were.
final class ResumeIT {

    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";

    @SuppressWarnings("NullAway.Init") // each test starts one with settings of its own
    private TestMaster master;

    @AfterEach
    void stop() {
        if (master != null) master.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {JSON, PROTOBUF})
    void numbersEventsForWhoeverAsks(String type) {
        master = TestMaster.start();
        try (var operator = open(type, "Meseta-Events: agents, operations");
                var plain = open(type)) {
            var first = operator.await("SUBSCRIBED", OperatorEvent::hasSubscribed);
            plain.await("SUBSCRIBED", OperatorEvent::hasSubscribed);
            try (var framework = ScriptedFramework.subscribe(master.http(), Samples.MODERN)) {
                framework.id();
                var added = operator.await("it", OperatorEvent::hasFrameworkAdded);
                plain.await("it", OperatorEvent::hasFrameworkAdded);

                assertThat(first.getSequence()).isPositive();
                assertThat(added.getSequence()).isGreaterThan(first.getSequence());
                assertThat(plain.events()).noneMatch(OperatorEvent::hasSequence);
                assertThat(plain.unknown()).as("fields that Mesos does not have").isEmpty();
            }
        }
    }

    @Test
    void tellsOfAgentsThatComeAndGo() {
        master = TestMaster.start();
        try (var operator = open(JSON, "Meseta-Events: agents");
                var plain = open(PROTOBUF, "Meseta-Events: sequence")) {
            operator.await("SUBSCRIBED", OperatorEvent::hasSubscribed);
            plain.await("SUBSCRIBED", OperatorEvent::hasSubscribed);
            String id;
            try (var agent = ScriptedAgent.hello(master.http(), ScriptedAgent.machine().build())) {
                id = agent.id();
                operator.await("it has come", OperatorEvent::hasAgentAdded);
            }

            var gone =
                    operator.await(
                            "it is away",
                            event ->
                                    event.hasAgentUpdated()
                                            && !event.getAgentUpdated().getAgent().getActive());

            assertThat(gone.getAgentUpdated().getAgent().getAgentInfo().getId().getValue())
                    .isEqualTo(id);
            assertThat(plain.events()).noneMatch(OperatorEvent::hasAgentUpdated);
        }
    }

    @Test
    void tellsOfOperations() {
        master = TestMaster.start();
        try (var operator = open(JSON, "Meseta-Events: operations, agents");
                var agent =
                        ScriptedAgent.hello(
                                master.http(),
                                ScriptedAgent.machine().build(),
                                ScriptedAgent.running());
                var framework = ScriptedFramework.subscribe(master.http(), Samples.MODERN)) {
            reserve(framework);

            var ended =
                    operator.await(
                            "it is done",
                            event ->
                                    event.getOperationUpdated()
                                                    .getOperation()
                                                    .getLatestStatus()
                                                    .getState()
                                            == OperationState.OPERATION_FINISHED);
            var operation = ended.getOperationUpdated().getOperation();
            assertThat(operation.getAgentId().getValue()).isEqualTo(agent.id());
            assertThat(operation.getFrameworkId().getValue()).isEqualTo(framework.id());
            var removed = operator.await("it is over", OperatorEvent::hasOperationRemoved);
            assertThat(removed.getOperationRemoved().getOperationUuid())
                    .isEqualTo(operation.getUuid());
            operator.await(
                    "the agent has other resources",
                    event ->
                            event.getAgentUpdated().getAgent().getTotalResourcesList().stream()
                                    .anyMatch(each -> each.getReservationsCount() > 0));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {JSON, PROTOBUF})
    void goesOnWithTheSameLeader(String type) {
        master = TestMaster.start();
        long known;
        try (var first = open(type, "Meseta-Events: agents")) {
            known = first.await("SUBSCRIBED", OperatorEvent::hasSubscribed).getSequence();
        }
        try (var agent = ScriptedAgent.hello(master.http(), ScriptedAgent.machine().build());
                var framework = ScriptedFramework.subscribe(master.http(), Samples.MODERN)) {
            agent.id();
            framework.id();
            try (var again = open(type, "Meseta-Events: agents", "Meseta-Resume-After: " + known)) {
                var resumed = again.await("RESUMED", OperatorEvent::hasResumed);

                assertThat(again.events()).noneMatch(OperatorEvent::hasSubscribed);
                assertThat(types(again))
                        .containsSubsequence(
                                OperatorEvent.Type.AGENT_ADDED,
                                OperatorEvent.Type.FRAMEWORK_ADDED,
                                OperatorEvent.Type.RESUMED);
                assertThat(resumed.getResumed().getActiveAgentsList())
                        .extracting(id -> id.getValue())
                        .containsExactly(agent.id());
                assertThat(resumed.getSequence()).isGreaterThan(known);
            }
        }
    }

    @Test
    void goesOnAfterAFailover() {
        master = TestMaster.start();
        long known;
        try (var first = open(PROTOBUF, "Meseta-Events: agents")) {
            known = first.await("SUBSCRIBED", OperatorEvent::hasSubscribed).getSequence();
            try (var framework = ScriptedFramework.subscribe(master.http(), Samples.MODERN)) {
                var one = framework.id();
                first.await("the one", event -> isOf(event, one));
            }
            master.leadership().lead();
            Await.shortly().until("it hangs up", first::isEnded);
        }
        master.leadership().lead();
        try (var other = ScriptedFramework.subscribe(master.http(), Samples.MODERN)) {
            var two = other.id();
            try (var again =
                    open(PROTOBUF, "Meseta-Events: agents", "Meseta-Resume-After: " + known)) {
                again.await("RESUMED", OperatorEvent::hasResumed);

                assertThat(again.events()).noneMatch(OperatorEvent::hasSubscribed);
                assertThat(again.events()).noneMatch(OperatorEvent::hasReset);
                assertThat(
                                again.events().stream()
                                        .filter(OperatorEvent::hasFrameworkAdded)
                                        .map(ResumeIT::framework))
                        .hasSize(2)
                        .contains(two);
                assertThat(numbers(again)).isSorted();
            }
        }
    }

    @Test
    void missesNothingBetweenTwoReadersOfOnePast() {
        master = TestMaster.start();
        long known;
        try (var first = open(JSON, "Meseta-Events: sequence")) {
            known = first.await("SUBSCRIBED", OperatorEvent::hasSubscribed).getSequence();
            try (var framework = ScriptedFramework.subscribe(master.http(), Samples.MODERN)) {
                framework.id();
            }
        }
        master.leadership().lead();
        try (var one = open(JSON, "Meseta-Resume-After: " + known);
                var two = open(PROTOBUF, "Meseta-Resume-After: " + (known - 1))) {
            one.await("RESUMED", OperatorEvent::hasResumed);
            two.await("RESUMED", OperatorEvent::hasResumed);
            try (var framework = ScriptedFramework.subscribe(master.http(), Samples.MODERN)) {
                var id = framework.id();
                one.await("what is new", event -> isOf(event, id));
                two.await("what is new", event -> isOf(event, id));
            }
            assertThat(one.events().stream().filter(OperatorEvent::hasFrameworkAdded)).hasSize(2);
            assertThat(two.events().stream().filter(OperatorEvent::hasFrameworkAdded)).hasSize(2);
        }
    }

    @Test
    void beginsAnewWhereItCantGoOn() {
        master = TestMaster.start("meseta.master.events.retold-max=0");
        try (var framework = ScriptedFramework.subscribe(master.http(), Samples.MODERN)) {
            framework.id();
            try (var late = open(JSON, "Meseta-Resume-After: 0");
                    var early = open(PROTOBUF, "Meseta-Resume-After: 999999")) {
                late.await("a heartbeat", event -> event.getType() == OperatorEvent.Type.HEARTBEAT);
                early.await("SUBSCRIBED", OperatorEvent::hasSubscribed);

                assertThat(types(late).subList(0, 3))
                        .containsExactly(
                                OperatorEvent.Type.RESET,
                                OperatorEvent.Type.SUBSCRIBED,
                                OperatorEvent.Type.HEARTBEAT);
                assertThat(late.events().getFirst().getReset().getReason())
                        .isEqualTo("too much has changed since");
                assertThat(types(early).getFirst()).isEqualTo(OperatorEvent.Type.RESET);
                assertThat(early.events().getFirst().getReset().getReason())
                        .isEqualTo("no entry has that number yet");
            }
        }
    }

    @Test
    void tellsOfQuotas() {
        master = TestMaster.start();
        try (var operator = open(PROTOBUF, "Meseta-Events: quota")) {
            operator.await("SUBSCRIBED", OperatorEvent::hasSubscribed);
            var update =
                    """
                    {"type":"UPDATE_QUOTA","update_quota":{"quota_configs":[
                     {"role":"dev","limits":{"cpus":{"value":2.0}}}]}}
                    """;
            assertThat(master.http().postJson("/api/v1", update).status()).isEqualTo(200);

            var updated = operator.await("the quota", OperatorEvent::hasQuotaUpdated);

            var config = updated.getQuotaUpdated().getConfig();
            assertThat(config.getRole()).isEqualTo("dev");
            assertThat(config.getLimitsOrThrow("cpus").getValue()).isEqualTo(2.0);
            try (var late = open(JSON, "Meseta-Events: quota")) {
                late.await("the quota", OperatorEvent::hasQuotaUpdated);
            }
        }
    }

    @Test
    void refusesWishesThatItDoesNotUnderstand() {
        master = TestMaster.start();

        assertThat(subscribe("Meseta-Events: agents, offers").text())
                .isEqualTo(
                        "'Meseta-Events' may name 'sequence', 'agents', 'operations' and 'quota',"
                                + " and not 'offers'");
        assertThat(subscribe("Meseta-Resume-After: -1").status()).isEqualTo(400);
        assertThat(subscribe("Meseta-Resume-After: 1e3").text())
                .isEqualTo("'Meseta-Resume-After' must be the number of an event");
    }

    private RawHttp.Reply subscribe(String header) {
        return master.http().postJson("/api/v1", "{\"type\":\"SUBSCRIBE\"}", header);
    }

    private OperatorStream open(String type, String... headers) {
        return OperatorStream.open(master.http(), type, headers);
    }

    private static void reserve(ScriptedFramework framework) {
        var offer = framework.offer();
        framework.call(
                "ACCEPT",
                """
                "accept":{"offer_ids":[{"value":"%s"}],"operations":[{"type":"RESERVE","reserve":{
                 "resources":[{"name":"cpus","type":"SCALAR","scalar":{"value":1.0},
                  "allocation_info":{"role":"dev"},
                  "reservations":[{"type":"DYNAMIC","role":"dev"}]}]}}]}
                """
                        .formatted(offer.getId().getValue()));
    }

    private static List<OperatorEvent.Type> types(OperatorStream operator) {
        return operator.events().stream().map(OperatorEvent::getType).toList();
    }

    private static List<Long> numbers(OperatorStream operator) {
        return operator.events().stream()
                .filter(OperatorEvent::hasSequence)
                .map(OperatorEvent::getSequence)
                .toList();
    }

    private static boolean isOf(OperatorEvent event, String framework) {
        return event.hasFrameworkAdded() && framework(event).equals(framework);
    }

    private static String framework(OperatorEvent event) {
        return event.getFrameworkAdded().getFramework().getFrameworkInfo().getId().getValue();
    }
}
