package io.meseta.endtoend.hostile;

import static io.meseta.endtoend.wire.RawRequest.bytes;
import static io.meseta.endtoend.wire.RawRequest.get;
import static io.meseta.endtoend.wire.RawRequest.json;
import static io.meseta.endtoend.wire.RawRequest.protobuf;

import io.meseta.endtoend.wire.Probe;
import io.meseta.endtoend.wire.RawRequest;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What may be wrong with a request to any route that takes calls.
final class HttpProbes {

    static final int TOO_MUCH = 17 * 1024 * 1024;

    static final String NO_CALL = "Failed to convert JSON into Call protobuf: ";

    private static final int VERY_DEEP = 100_000;

    private static final String NOT_JSON =
            "Failed to parse body into JSON: syntax error at line 1 near: ";

    private HttpProbes() {}

    static Stream<Probe> wrongMethods(String route) {
        return Stream.of("GET", "PUT", "DELETE", "PATCH", "OPTIONS")
                .map(method ->
                        Probe.of(
                                method,
                                RawRequest.of(method, route),
                                405,
                                "405 Method Not Allowed. Expecting one of { 'POST' }, but"
                                        + " received '%s'.".formatted(method)));
    }

    static Stream<Probe> wrongTypes(String route, String text) {
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

    static Stream<Probe> malformedBodies(String route) {
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

    static Stream<Probe> tooMuch(String route) {
        var large = json(route, " ".repeat(TOO_MUCH));
        return Stream.of(
                Probe.refused("17 MiB", large, 413),
                Probe.refused("17 MiB in chunks", large.chunked(), 413),
                Probe.refused("17 MiB that look small", large.zipped(), 413),
                Probe.refused("17 MiB of protobuf", protobuf(route, new byte[TOO_MUCH]), 413),
                Probe.refused("17 MiB that are promised only", large.unsized(new byte[0]), 413));
    }

    static Stream<Probe> oddHttp(String route) {
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

    private static byte[] groups() {
        var groups = new byte[VERY_DEEP];
        // Field 100, wire type 3: the start of a group, again and again.
        for (int i = 0; i + 1 < groups.length; i += 2) {
            groups[i] = (byte) 0xa3;
            groups[i + 1] = 6;
        }
        return groups;
    }
}
