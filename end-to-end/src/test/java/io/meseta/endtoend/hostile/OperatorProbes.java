package io.meseta.endtoend.hostile;

import static io.meseta.endtoend.wire.RawRequest.bytes;
import static io.meseta.endtoend.wire.RawRequest.get;
import static io.meseta.endtoend.wire.RawRequest.json;

import io.meseta.endtoend.wire.Probe;
import java.util.stream.Stream;

/// What may be wrong with a call to an operator API, and with a read.
final class OperatorProbes {

    private static final String OPERATOR = "/api/v1";

    private OperatorProbes() {}

    static Stream<Probe> ofMasters() {
        return Stream.of(
                        HttpProbes.wrongMethods(OPERATOR),
                        HttpProbes.wrongTypes(
                                OPERATOR,
                                "Expecting 'Content-Type' of application/json or"
                                        + " application/x-protobuf"),
                        HttpProbes.malformedBodies(OPERATOR),
                        invalidOperatorCalls("master"),
                        HttpProbes.tooMuch(OPERATOR))
                .flatMap(probes -> probes);
    }

    static Stream<Probe> ofAgents() {
        var recordio = json(OPERATOR, "21\n{\"type\":\"GET_HEALTH\"}").without("Content-Type");
        var streaming = recordio.with("Content-Type", "application/recordio");
        return Stream.of(
                        HttpProbes.wrongMethods(OPERATOR),
                        HttpProbes.wrongTypes(
                                OPERATOR,
                                "Expecting 'Content-Type' of application/json or"
                                        + " application/x-protobuf or application/recordio"),
                        HttpProbes.malformedBodies(OPERATOR),
                        invalidOperatorCalls("agent"),
                        HttpProbes.tooMuch(OPERATOR),
                        HttpProbes.oddHttp(OPERATOR),
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

    static Stream<Probe> ofReads() {
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

    static Stream<Probe> ofFiles() {
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
}
