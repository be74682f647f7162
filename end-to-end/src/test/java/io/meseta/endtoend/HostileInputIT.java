package io.meseta.endtoend;

import static io.meseta.endtoend.wire.RawRequest.bytes;
import static io.meseta.endtoend.wire.RawRequest.get;
import static io.meseta.endtoend.wire.RawRequest.json;
import static io.meseta.endtoend.wire.RawRequest.protobuf;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.endtoend.framework.TaskWish;
import io.meseta.endtoend.framework.TestFramework;
import io.meseta.endtoend.harness.Running;
import io.meseta.endtoend.harness.Setup;
import io.meseta.endtoend.wire.Probe;
import io.meseta.endtoend.wire.RawAnswer;
import io.meseta.endtoend.wire.RawRequest;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.scheduler.Call;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is sent to a master or an agent gets an answer that says what is wrong with it, in
/// Mesos' words where Mesos has some, and harms nobody.
final class HostileInputIT {

    @RegisterExtension static final Running RUNNING = Running.cluster(Setup.named("hostile-input"));

    private static final String SCHEDULER = "/api/v1/scheduler";
    private static final String OPERATOR = "/api/v1";
    private static final String LINK = "/api/meseta/v1/agent-link";

    private static final int TOO_MUCH = 17 * 1024 * 1024;
    private static final int VERY_DEEP = 100_000;

    private static final String NOT_JSON =
            "Failed to parse body into JSON: syntax error at line 1 near: ";
    private static final String NO_CALL = "Failed to convert JSON into Call protobuf: ";
    private static final String INVALID = "Failed to validate scheduler::Call: ";

    @AfterEach
    void nothingHasCrashed() {
        var cluster = RUNNING.cluster();
        assertThat(cluster.master().isAlive()).isTrue();
        assertThat(cluster.agent(1).isAlive()).isTrue();
    }

    static Stream<Probe> probesOfTheSchedulerApi() {
        return Stream.of(
                        wrongMethods(SCHEDULER),
                        wrongTypes(
                                SCHEDULER,
                                "Expecting 'Content-Type' of application/json or"
                                        + " application/x-protobuf"),
                        malformedBodies(SCHEDULER),
                        invalidCalls(),
                        tooMuch(SCHEDULER),
                        oddHttp(SCHEDULER))
                .flatMap(probes -> probes);
    }

    static Stream<Probe> probesOfTheMastersOperatorApi() {
        return Stream.of(
                        wrongMethods(OPERATOR),
                        wrongTypes(
                                OPERATOR,
                                "Expecting 'Content-Type' of application/json or"
                                        + " application/x-protobuf"),
                        malformedBodies(OPERATOR),
                        invalidOperatorCalls("master"),
                        tooMuch(OPERATOR))
                .flatMap(probes -> probes);
    }

    static Stream<Probe> probesOfTheAgentsOperatorApi() {
        var recordio = json(OPERATOR, "21\n{\"type\":\"GET_HEALTH\"}").without("Content-Type");
        var streaming = recordio.with("Content-Type", "application/recordio");
        return Stream.of(
                        wrongMethods(OPERATOR),
                        wrongTypes(
                                OPERATOR,
                                "Expecting 'Content-Type' of application/json or"
                                        + " application/x-protobuf or application/recordio"),
                        malformedBodies(OPERATOR),
                        invalidOperatorCalls("agent"),
                        tooMuch(OPERATOR),
                        oddHttp(OPERATOR),
                        Stream.of(
                                Probe.of(
                                        "RecordIO without the type of its messages",
                                        streaming,
                                        400,
                                        "Expecting 'Message-Content-Type' to be set for streaming"
                                                + " requests"),
                                Probe.of(
                                        "RecordIO of an unknown type",
                                        streaming.with("Message-Content-Type", "text/plain"),
                                        415,
                                        "Expecting 'Message-Content-Type' of application/json or"
                                                + " application/x-protobuf"),
                                Probe.of(
                                        "RecordIO for a call that is no stream",
                                        streaming.with("Message-Content-Type", "application/json"),
                                        415,
                                        "Streaming 'Content-Type' application/recordio is not"
                                                + " supported for GET_HEALTH call"),
                                Probe.refused(
                                        "RecordIO with a length that is none",
                                        streaming
                                                .with("Message-Content-Type", "application/json")
                                                .sized(bytes("nonsense\n{}")),
                                        400,
                                        415),
                                Probe.refused(
                                        "RecordIO of a terabyte",
                                        streaming
                                                .with("Message-Content-Type", "application/json")
                                                .sized(bytes("1099511627776\n{}")),
                                        400,
                                        413,
                                        415)))
                .flatMap(probes -> probes);
    }

    static Stream<Probe> probesOfTheAgentLink() {
        return Stream.of(
                Probe.refused("a GET", get(LINK), 405),
                Probe.refused("JSON", json(LINK, "{}"), 415),
                Probe.refused("an empty call", protobuf(LINK, new byte[0]), 400),
                Probe.refused("garbage", protobuf(LINK, new byte[] {-1, -1, -1}), 400),
                Probe.refused("a hello without a body", protobuf(LINK, new byte[] {10, 0}), 400),
                Probe.refused(
                        "a heartbeat of no stream", protobuf(LINK, new byte[] {26, 0}), 400, 409),
                Probe.refused(
                        "reports of an unknown stream",
                        protobuf(LINK, new byte[] {18, 0}).with("Meseta-Stream-Id", "nonsense"),
                        400,
                        409),
                Probe.refused("17 MiB", protobuf(LINK, new byte[TOO_MUCH]), 400, 413));
    }

    static Stream<Probe> probesOfTheReadRoutes() {
        return Stream.of("/state", "/slaves", "/frameworks", "/tasks", "/health", "/version")
                .flatMap(route ->
                        Stream.of(
                                Probe.refused(
                                        route + " with odd parameters",
                                        get(route + "?limit=-1&offset=x&order=%00&a=%FF"),
                                        200,
                                        400,
                                        404),
                                Probe.refused(
                                        route + " as no JSONP",
                                        get(route + "?jsonp=alert(1)//"),
                                        200,
                                        400,
                                        404)));
    }

    static Stream<Probe> probesOfTheFileRoutes() {
        return Stream.of(
                Probe.of("no path", get("/files/read"), 400, "Expecting 'path=value' in query."),
                Probe.of("no path", get("/files/browse"), 400, "Expecting 'path=value' in query."),
                Probe.of(
                        "no path", get("/files/download"), 400, "Expecting 'path=value' in query."),
                Probe.refused("an unknown file", get("/files/read?path=/nope&offset=0"), 404),
                Probe.refused("/etc/passwd", get("/files/read?path=/etc/passwd&offset=0"), 404),
                Probe.refused("/etc/passwd", get("/files/download?path=/etc/passwd"), 404),
                Probe.refused(
                        "a way up",
                        get("/files/read?path=/frameworks/../../../etc/passwd&offset=0"),
                        404),
                Probe.refused("NUL", get("/files/read?path=/a%00b&offset=0"), 400, 404),
                Probe.refused("no UTF-8", get("/files/read?path=%FF%FE&offset=0"), 400, 404),
                Probe.refused("an offset", get("/files/read?path=/nope&offset=x"), 400, 404),
                Probe.refused("a length", get("/files/read?path=/nope&length=-9"), 400, 404),
                Probe.refused(
                        "a large offset",
                        get("/files/read?path=/nope&offset=99999999999999999999"),
                        400,
                        404));
    }

    private static Stream<Probe> wrongMethods(String route) {
        return Stream.of("GET", "PUT", "DELETE", "PATCH", "OPTIONS")
                .map(method ->
                        Probe.of(
                                method,
                                RawRequest.of(method, route),
                                405,
                                "405 Method Not Allowed. Expecting one of { 'POST' }, but"
                                        + " received '%s'.".formatted(method)));
    }

    private static Stream<Probe> wrongTypes(String route, String text) {
        var untyped = json(route, "{}").without("Content-Type");
        return Stream.concat(
                Stream.of(
                        Probe.of(
                                "no type", untyped, 400, "Expecting 'Content-Type' to be present")),
                Stream.of(
                                "text/plain",
                                "application/json; charset=utf-8",
                                "APPLICATION/JSON",
                                "application/x-www-form-urlencoded",
                                "multipart/form-data; boundary=x",
                                "*/*",
                                "nonsense")
                        .map(type ->
                                Probe.of(type, untyped.with("Content-Type", type), 415, text)));
    }

    private static Stream<Probe> malformedBodies(String route) {
        var deep = "[".repeat(VERY_DEEP);
        var object = "Expecting a JSON object";
        return Stream.of(
                Probe.of("no body", json(route, ""), 400, NOT_JSON),
                Probe.of("no JSON", json(route, "xx"), 400, NOT_JSON + "xx"),
                Probe.of("half an object", json(route, "{"), 400, NOT_JSON),
                Probe.of("single quotes", json(route, "{'type':'KILL'}"), 400, NOT_JSON + "'type'"),
                Probe.of("a list", json(route, "[]"), 400, NO_CALL + object),
                Probe.of("a number", json(route, "1"), 400, NO_CALL + object),
                Probe.of("null", json(route, "null"), 400, NO_CALL + object),
                Probe.of(
                        "a number for a name",
                        json(route, "{\"type\":1}"),
                        400,
                        NO_CALL + "Not expecting a JSON number for field 'type'"),
                Probe.refused("deep lists", json(route, deep), 400),
                Probe.refused(
                        "deep objects",
                        json(route, "{\"a\":".repeat(VERY_DEEP) + "1" + "}".repeat(VERY_DEEP)),
                        400),
                Probe.refused("no UTF-8", json(route, new byte[] {'{', '"', -1, -2, '"'}), 400),
                Probe.refused("a huge number", json(route, "{\"type\":1e999999999}"), 400),
                Probe.refused("a lone surrogate", json(route, "{\"type\":\"\\ud800\"}"), 400),
                Probe.refused("NUL", json(route, "\0\0\0\0"), 400),
                Probe.refused("garbage as protobuf", protobuf(route, new byte[] {-1, -1}), 400),
                Probe.refused("groups without end", protobuf(route, groups()), 400),
                Probe.refused(
                        "a field of two gigabytes",
                        protobuf(route, new byte[] {10, -1, -1, -1, -1, 7, 1}),
                        400));
    }

    private static byte[] groups() {
        var groups = new byte[VERY_DEEP];
        // Field 100, wire type 3: the start of a group, again and again.
        for (int i = 0; i + 1 < groups.length; i += 2) {
            groups[i] = (byte) 0xa3;
            groups[i + 1] = 6;
        }
        return groups;
    }

    private static Stream<Probe> invalidCalls() {
        var fields =
                Stream.of(
                                "accept",
                                "decline",
                                "shutdown",
                                "acknowledge",
                                "acknowledge_operation_status",
                                "reconcile",
                                "reconcile_operations",
                                "message",
                                "request",
                                "accept_inverse_offers",
                                "decline_inverse_offers",
                                "update_framework")
                        .map(field ->
                                Probe.of(
                                        "no " + field,
                                        call(field.toUpperCase(Locale.ROOT)),
                                        400,
                                        INVALID + "Expecting '%s' to be present".formatted(field)));
        var unknown =
                Stream.of("REVIVE", "SUPPRESS", "TEARDOWN")
                        .map(type ->
                                Probe.of(
                                        type + " of nobody",
                                        call(type),
                                        400,
                                        "Framework cannot be found"));
        return Stream.of(fields, unknown, invalidSubscriptions()).flatMap(probes -> probes);
    }

    private static RawRequest call(String type) {
        return json(
                SCHEDULER,
                "{\"framework_id\":{\"value\":\"nope\"},\"type\":\"%s\"}".formatted(type));
    }

    private static Stream<Probe> invalidSubscriptions() {
        var differs = INVALID + "'framework_id' differs from 'subscribe.framework_info.id'";
        var info = "{\"name\":\"x\",\"user\":\"root\"}";
        var subscribe = "{\"type\":\"SUBSCRIBE\",\"subscribe\":{\"framework_info\":%s}}";
        var good = json(SCHEDULER, subscribe.formatted(info));
        return Stream.of(
                Probe.of("no type", json(SCHEDULER, "{}"), 400, INVALID + "Expecting 'type'"),
                Probe.of(
                        "an unknown type",
                        json(SCHEDULER, "{\"type\":\"NOPE\"}"),
                        400,
                        INVALID + "Expecting 'type' to be present"),
                Probe.of(
                        "no framework",
                        json(SCHEDULER, "{\"type\":\"TEARDOWN\"}"),
                        400,
                        INVALID + "Expecting 'framework_id' to be present"),
                Probe.of(
                        "no framework_info",
                        json(SCHEDULER, "{\"type\":\"SUBSCRIBE\",\"subscribe\":{}}"),
                        400,
                        NO_CALL + "Missing required fields: subscribe.framework_info"),
                Probe.of(
                        "no name",
                        json(SCHEDULER, subscribe.formatted("{\"user\":\"root\"}")),
                        400,
                        NO_CALL + "Missing required fields: subscribe.framework_info.name"),
                Probe.of(
                        "an id outside only",
                        json(
                                SCHEDULER,
                                subscribe
                                        .formatted(info)
                                        .replace(
                                                "{\"type\"",
                                                "{\"framework_id\":{\"value\":\"a\"},\"type\"")),
                        400,
                        differs),
                Probe.of(
                        "an Accept that we have nothing for",
                        good.without("Accept").with("Accept", "text/html"),
                        406,
                        "Expecting 'Accept' to allow 'application/x-protobuf' or"
                                + " 'application/json'"),
                Probe.of(
                        "a subscription within a stream",
                        good.with("Mesos-Stream-Id", "x"),
                        400,
                        "Subscribe calls should not include the 'Mesos-Stream-Id' header"));
    }

    private static Stream<Probe> invalidOperatorCalls(String who) {
        var invalid = "Failed to validate %s::Call: ".formatted(who);
        return Stream.of(
                Probe.of("no type", json(OPERATOR, "{}"), 400, invalid + "Expecting 'type'"),
                Probe.of(
                        "an unknown type",
                        json(OPERATOR, "{\"type\":\"NOPE\"}"),
                        400,
                        invalid + "Expecting 'type' to be present"),
                Probe.of(
                        "no set_logging_level",
                        json(OPERATOR, "{\"type\":\"SET_LOGGING_LEVEL\"}"),
                        400,
                        invalid + "Expecting 'set_logging_level' to be present"),
                Probe.refused(
                        "an Accept that we have nothing for",
                        json(OPERATOR, "{\"type\":\"GET_HEALTH\"}")
                                .without("Accept")
                                .with("Accept", "text/html"),
                        406));
    }

    private static Stream<Probe> tooMuch(String route) {
        var large = json(route, " ".repeat(TOO_MUCH));
        return Stream.of(
                Probe.refused("17 MiB", large, 413),
                Probe.refused("17 MiB in chunks", large.chunked(), 413),
                Probe.refused("17 MiB that look small", large.zipped(), 413),
                Probe.refused("17 MiB of protobuf", protobuf(route, new byte[TOO_MUCH]), 413),
                Probe.refused("17 MiB that are promised only", large.unsized(new byte[0]), 413));
    }

    private static Stream<Probe> oddHttp(String route) {
        var good = json(route, "{}");
        return Stream.of(
                Probe.of("chunks", good.chunked(), 400, "Failed to validate"),
                Probe.of("gzip", good.zipped(), 400, "Failed to validate"),
                Probe.of("Expect", good.with("Expect", "100-continue"), 400, "Failed to validate"),
                Probe.of("no Accept", good.without("Accept"), 400, "Failed to validate"),
                Probe.of(
                        "an absolute target",
                        good.line("POST http://127.0.0.1%s HTTP/1.1".formatted(route)),
                        400,
                        "Failed to validate"),
                Probe.refused(
                        "an absolute target elsewhere",
                        good.line("POST http://evil.example%s HTTP/1.1".formatted(route)),
                        400,
                        403,
                        421),
                Probe.of(
                        "HTTP/1.0",
                        good.line("POST %s HTTP/1.0".formatted(route)).without("Host"),
                        400,
                        "Failed to validate"),
                Probe.refused("HTTP/9.9", good.line("POST %s HTTP/9.9".formatted(route)), 400, 505),
                Probe.refused("gzip that is none", good.with("Content-Encoding", "gzip"), 400),
                Probe.refused("an unknown coding", good.with("Content-Encoding", "br"), 400, 415),
                Probe.refused(
                        "broken chunks",
                        good.chunked().unsized(bytes("zz\r\n{}\r\n0\r\n\r\n")),
                        400),
                Probe.refused("two lengths", good.with("Content-Length", "77"), 400),
                Probe.refused(
                        "a length and chunks", good.with("Transfer-Encoding", "chunked"), 400),
                Probe.refused(
                        "a negative length",
                        good.without("Content-Length").with("Content-Length", "-1"),
                        400),
                Probe.refused(
                        "a foreign host",
                        good.without("Host").with("Host", "evil.example"),
                        400,
                        403,
                        421),
                Probe.refused("two hosts", good.with("Host", "evil.example"), 400, 403, 421),
                Probe.refused("a long header", good.with("X-Long", "x".repeat(40_000)), 400, 431),
                Probe.refused(
                        "many headers",
                        IntStream.range(0, 5_000)
                                .boxed()
                                .reduce(
                                        good,
                                        (request, number) -> request.with("X-" + number, "x"),
                                        (one, _) -> one),
                        400,
                        431),
                Probe.refused("a long target", get("/" + "x".repeat(40_000)), 400, 414, 431),
                Probe.refused("a header without a name", good.with("", "x"), 400),
                Probe.refused("a target that is none", good.line("POST \\\\ HTTP/1.1"), 400, 404),
                Probe.refused("a bad escape", get("/%zz"), 400, 404),
                Probe.refused("a way up", get("/../../etc/passwd"), 400, 404),
                Probe.refused("an escaped way up", get("/%2e%2e/%2e%2e/etc/passwd"), 400, 404),
                Probe.refused(
                        "an unknown method",
                        good.line("FOO %s HTTP/1.1".formatted(route)),
                        400,
                        405,
                        501),
                Probe.refused("no HTTP", good.line("hello world"), 400, 0, 505),
                Probe.refused("TLS", good.line("\u0016\u0003\u0001\u0002\0\u0001"), 400, 0));
    }

    @ParameterizedTest
    @MethodSource("probesOfTheSchedulerApi")
    void masterAnswersTheSchedulerApi(Probe probe) throws Exception {
        probe.check(masterPort());
    }

    @ParameterizedTest
    @MethodSource({"probesOfTheMastersOperatorApi", "probesOfTheReadRoutes"})
    void masterAnswersOperators(Probe probe) throws Exception {
        probe.check(masterPort());
    }

    @ParameterizedTest
    @MethodSource("probesOfTheAgentLink")
    void masterAnswersAgents(Probe probe) throws Exception {
        probe.check(masterPort());
    }

    @ParameterizedTest
    @MethodSource({
        "probesOfTheAgentsOperatorApi",
        "probesOfTheFileRoutes",
        "probesOfTheReadRoutes"
    })
    void agentAnswers(Probe probe) throws Exception {
        probe.check(agentPort());
    }

    @Test
    void survivesEveryPrefixOfACall() throws Exception {
        var call = call();

        for (int length = 0; length < call.length; length++) {
            var answer =
                    RawAnswer.to(masterPort(), protobuf(SCHEDULER, Arrays.copyOf(call, length)));

            assertThat(answer.status()).as("the first %d bytes", length).isIn(200, 400);
        }
    }

    @Test
    void survivesCallsWithFlippedBits() throws Exception {
        var random = new Random(25);

        for (int round = 0; round < 200; round++) {
            var call = call();
            for (int flips = random.nextInt(1, 5); flips > 0; flips--) {
                call[random.nextInt(call.length)] ^= (byte) (1 << random.nextInt(8));
            }
            var answer = RawAnswer.to(masterPort(), protobuf(SCHEDULER, call));
            assertThat(answer.status()).as("round %d", round).isIn(200, 400, 403, 406, 501);
        }
    }

    @Test
    void stillRunsTasksAfterAllThat() throws Exception {
        RawAnswer.to(masterPort(), json(SCHEDULER, "["));
        var cluster = RUNNING.cluster();
        try (var framework = TestFramework.subscribe(cluster.masterEndpoint(), "unharmed")) {
            framework.launch(TaskWish.shell("unharmed", "true"));

            framework.await("unharmed", TaskState.TASK_FINISHED);
        }

        assertThat(cluster.master().output()).doesNotContain("OutOfMemory", "StackOverflow");
        assertThat(cluster.agent(1).output()).doesNotContain("OutOfMemory", "StackOverflow");
    }

    /// A subscription, which would be granted.
    private static byte[] call() {
        var call = Call.newBuilder().setType(Call.Type.SUBSCRIBE);
        call.getSubscribeBuilder()
                .setFrameworkInfo(
                        FrameworkInfo.newBuilder()
                                .setName("mutant")
                                .setUser("nobody")
                                .setHostname("host"));
        return call.build().toByteArray();
    }

    private static int masterPort() {
        return RUNNING.cluster().masterEndpoint().base().getPort();
    }

    private static int agentPort() {
        return RUNNING.cluster().agentEndpoint(1).base().getPort();
    }
}
