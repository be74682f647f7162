package io.meseta.master.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.testing.Samples;
import io.meseta.master.testing.ScriptedFramework;
import io.meseta.master.testing.TestMaster;
import io.meseta.mesos.v1.scheduler.Call;
import io.meseta.mesos.v1.scheduler.Event;
import io.meseta.testkit.Await;
import io.meseta.testkit.http.RawHttp;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SchedulerCallsIT {

    private static final String ROUTE = "/api/v1/scheduler";

    private static TestMaster master;
    private static RawHttp http;

    @BeforeAll
    static void start() {
        master = TestMaster.start("meseta.master.calls.body-max=100KB");
        http = master.http();
    }

    @AfterAll
    static void stop() {
        master.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|Failed to validate scheduler::Call: Expecting 'type' to be present",
                "[]|Failed to convert JSON into Call protobuf: Expecting a JSON object",
                "xx|Failed to parse body into JSON: syntax error at line 1 near: xx",
                "{\"type\":\"KILL\",\"framework_id\":{\"value\":\"x\"}}|Failed to validate"
                        + " scheduler::Call: Expecting 'kill' to be present",
                "{\"type\":\"REVIVE\",\"framework_id\":{\"value\":\"x\"}}|Framework cannot be"
                        + " found",
                "{\"type\":\"REVIVE\",\"framework_id\":{\"value\":\"a/b\"}}|Framework cannot be"
                        + " found",
                "{\"type\":\"MESSAGE\",\"framework_id\":{\"value\":\"x\"},\"message\":{"
                        + "\"agent_id\":{\"value\":\"a\"},\"executor_id\":{\"value\":\"e\"},\"data\":\"\"}}|Framework"
                        + " cannot be found",
            })
    void refusesWithMesosWords(String body, String complaint) {
        var reply = http.postJson(ROUTE, body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Content-Type")).contains("text/plain;charset=utf-8");
        assertThat(reply.text()).isEqualTo(complaint);
    }

    @Test
    void takesNoTypeOfBodyButTheTwoToTheLetter() {
        var body = "{}".getBytes(StandardCharsets.UTF_8);
        assertThat(http.send("POST", ROUTE, body).text())
                .isEqualTo("Expecting 'Content-Type' to be present");
        for (var type :
                new String[] {
                    "application/json; charset=utf-8", "APPLICATION/JSON", "text/plain"
                }) {
            var reply = http.send("POST", ROUTE, body, "Content-Type: " + type);
            assertThat(reply.status()).isEqualTo(415);
            assertThat(reply.text())
                    .isEqualTo(
                            "Expecting 'Content-Type' of application/json or"
                                    + " application/x-protobuf");
        }
    }

    @Test
    void takesPostOnly() {
        for (var method : new String[] {"GET", "PUT", "DELETE", "OPTIONS", "PATCH"}) {
            var reply = http.send(method, ROUTE, new byte[0]);
            assertThat(reply.status()).isEqualTo(405);
            assertThat(reply.header("Allow")).contains("POST");
            assertThat(reply.text())
                    .isEqualTo(
                            ("405 Method Not Allowed. Expecting one of { 'POST' }, but"
                                            + " received '%s'.")
                                    .formatted(method));
        }
    }

    @Test
    void refusesBodiesThatAreTooLongOrTooDeep() {
        var longName = "{\"type\":\"" + "x".repeat(200_000) + "\"}";
        assertThat(http.postJson(ROUTE, longName).status()).isEqualTo(413);
        var deep = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);
        assertThat(http.postJson(ROUTE, deep).status()).isEqualTo(400);
    }

    @Test
    void refusesRubbishInProtobuf() {
        for (var rubbish : new byte[][] {{1, 2, 3}, new byte[1_000], {(byte) 0xff, (byte) 0xff}}) {
            var reply = http.send("POST", ROUTE, rubbish, "Content-Type: application/x-protobuf");
            assertThat(reply.status()).isEqualTo(400);
        }
    }

    @Test
    void speaksProtobufOnTheStreamToo() throws Exception {
        var call =
                Call.newBuilder()
                        .setType(Call.Type.SUBSCRIBE)
                        .setSubscribe(
                                Call.Subscribe.newBuilder()
                                        .setFrameworkInfo(
                                                io.meseta.mesos.v1.FrameworkInfo.newBuilder()
                                                        .setUser("u")
                                                        .setName("n")))
                        .build();
        try (var flow =
                http.open(
                        "POST",
                        "/master" + ROUTE,
                        call.toByteArray(),
                        "Content-Type: application/x-protobuf",
                        "Accept: application/x-protobuf")) {
            assertThat(flow.headers()).containsEntry("content-type", "application/x-protobuf");
            var records = new io.meseta.mesos.recordio.RecordReader(flow.body(), 1_000_000);
            var event = Event.parseFrom(records.next().orElseThrow());
            assertThat(event.getType()).isEqualTo(Event.Type.SUBSCRIBED);
        }
    }

    @Test
    void refusesToSubscribeOverAStreamOrInUnknownForms() {
        var call =
                "{\"type\":\"SUBSCRIBE\",\"subscribe\":{\"framework_info\":" + Samples.PLAIN + "}}";
        var streamed = http.postJson(ROUTE, call, "Mesos-Stream-Id: x");
        assertThat(streamed.status()).isEqualTo(400);
        assertThat(streamed.text())
                .isEqualTo("Subscribe calls should not include the 'Mesos-Stream-Id' header");
        assertThat(http.postJson(ROUTE, call, "Accept: text/html").status()).isEqualTo(406);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"role\":\".\"|'FrameworkInfo.role' is not a valid role: Role '.' cannot include"
                        + " '.' as a component",
                "\"roles\":[\"a\"]|'FrameworkInfo.roles' must not be set when the framework is not"
                        + " MULTI_ROLE capable",
                "\"failover_timeout\":1e12|The framework failover_timeout (1e+12) is invalid",
                "\"roles\":[\"b\",\"b\",\"a\",\"a\"],\"capabilities\":[{\"type\":\"MULTI_ROLE\"}]|"
                        + "'FrameworkInfo.roles' contains duplicate items: { a, b }",
                "\"role\":\"a\",\"capabilities\":[{\"type\":\"MULTI_ROLE\"}]|'FrameworkInfo.role'"
                        + " must not be set when the framework is MULTI_ROLE capable",
            })
    void saysOnAStreamWhyASubscriptionIsRefused(String members, String complaint) {
        var info = "{\"user\":\"u\",\"name\":\"n\"," + members + "}";
        try (var framework = ScriptedFramework.subscribe(http, info)) {
            var error = framework.await("the error", Event::hasError).getError();
            assertThat(error.getMessage()).isEqualTo(complaint);
            Await.shortly().until("the stream has ended", framework::isEnded);
            assertThat(framework.streamId()).isNotEmpty();
        }
    }

    @Test
    void checksWhoCallsBeforeWhatIsCalled() {
        try (var framework = ScriptedFramework.subscribe(http, Samples.MODERN)) {
            var missing = framework.call("REVIVE", "", Optional.empty());
            assertThat(missing.status()).isEqualTo(400);
            assertThat(missing.text())
                    .isEqualTo(
                            "All non-subscribe calls should include the 'Mesos-Stream-Id' header");
            var wrong = framework.call("SUPPRESS", "", Optional.of("nope"));
            assertThat(wrong.text()).startsWith("The stream ID 'nope' included in this request");
            var endless = framework.call("SUPPRESS", "", Optional.of("x".repeat(3_000)));
            assertThat(endless.status()).isEqualTo(400);
        }
    }

    @Test
    void passesOverAnExecutorThatIsNotThere() {
        try (var framework = ScriptedFramework.subscribe(http, Samples.MODERN)) {
            var reply =
                    framework.call(
                            "SHUTDOWN",
                            "\"shutdown\":{\"executor_id\":{\"value\":\"e\"},"
                                    + "\"agent_id\":{\"value\":\"a\"}}");
            assertThat(reply.status()).isEqualTo(202);
        }
    }

    @Test
    void takesRolesItCannotKnowWithoutAWord() {
        try (var framework = ScriptedFramework.subscribe(http, Samples.MODERN)) {
            assertThat(framework.call("REVIVE", "\"revive\":{\"roles\":[\"a b\"]}").status())
                    .isEqualTo(202);
            assertThat(framework.call("SUPPRESS", "\"suppress\":{\"roles\":[\"zz\"]}").status())
                    .isEqualTo(202);
            assertThat(framework.call("REVIVE", "").status()).isEqualTo(202);
        }
    }

    @Test
    void refusesIdsThatCannotBe() {
        try (var framework = ScriptedFramework.subscribe(http, Samples.MODERN)) {
            var reply = framework.call("KILL", "\"kill\":{\"task_id\":{\"value\":\"a/b\"}}");
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.text())
                    .isEqualTo(
                            "Failed to validate scheduler::Call: 'a/b' contains invalid"
                                    + " characters");
            var offers =
                    framework.call(
                            "DECLINE",
                            "\"decline\":{\"offer_ids\":[{\"value\":\"a/b\"},{\"value\":\"\"}]}");
            assertThat(offers.status()).isEqualTo(202);
        }
    }

    @Test
    void refusesMoreThanAnyoneNames() {
        try (var framework = ScriptedFramework.subscribe(http, Samples.MODERN)) {
            var many = "{},".repeat(10_001) + "{}";
            var reply = framework.call("ACCEPT", "\"accept\":{\"operations\":[" + many + "]}");
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.text()).contains("Expecting at most 10000 accept.operations");
        }
    }
}
