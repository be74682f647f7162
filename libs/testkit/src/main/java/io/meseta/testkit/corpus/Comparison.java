package io.meseta.testkit.corpus;

import io.meseta.testkit.http.RawHttp;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// An answer of then beside one of now: status, headers that matter, body.
///
/// @param jsonOfProtobuf says an answer that is protobuf in JSON
/// @param known takes out of a JSON answer of then what cannot be there now
public record Comparison(UnaryOperator<byte[]> jsonOfProtobuf, UnaryOperator<JsonNode> known) {

    private static final List<String> HEADERS =
            List.of("content-type", "allow", "location", "content-encoding");

    /// The first difference; empty if there is none.
    public Optional<String> difference(Recorded recorded, RawHttp.Reply reply) {
        var difference = difference("status", recorded.status(), reply.status());
        if (difference.isPresent()) return difference.map(what -> what + " " + reply.text());
        for (var name : HEADERS) {
            var found = reply.headers().getOrDefault(name, "");
            difference = difference(name, header(recorded.header(name)), header(found));
            if (difference.isPresent()) return difference;
        }
        if (recorded.method().equals("HEAD")) return Optional.empty();
        return body(recorded, reply);
    }

    private Optional<String> body(Recorded recorded, RawHttp.Reply reply) {
        var then = json(recorded.responseBody(), recorded.header("content-type"));
        var now = json(reply.body(), recorded.header("content-type"));
        var text = new String(then, StandardCharsets.UTF_8);
        if (text.contains("\"master/elected\"") || text.contains("\"slave/registered\"")) {
            var unknown = Likeness.figures(now);
            unknown.removeAll(Likeness.figures(then));
            return difference("figures that Mesos does not have", "[]", unknown.toString());
        }
        return difference("body", Likeness.of(known(then)), Likeness.of(now));
    }

    private byte[] json(byte[] body, String type) {
        return type.equals("application/x-protobuf") ? jsonOfProtobuf.apply(body) : body;
    }

    /// What two things differ in first.
    public static Optional<String> difference(String what, Object then, Object now) {
        if (then.equals(now)) return Optional.empty();
        var before = then.toString();
        var after = now.toString();
        int at = 0;
        while (at < Math.min(before.length(), after.length())
                && before.charAt(at) == after.charAt(at)) at++;
        int from = Math.max(0, at - 60);
        return Optional.of(
                "%s: recorded <%s> but got <%s>"
                        .formatted(what, excerpt(before, from), excerpt(after, from)));
    }

    private static String excerpt(String text, int from) {
        return text.substring(from, Math.min(text.length(), from + 160));
    }

    private static String header(String value) {
        return value.replace(" ", "").replaceAll(":[0-9]{4,5}", ":P").toLowerCase(Locale.ROOT);
    }

    private byte[] known(byte[] body) {
        var text = new String(body, StandardCharsets.UTF_8);
        if (!text.startsWith("{") && !text.startsWith("[")) return body;
        try {
            return known.apply(Recorded.JSON.readTree(text))
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JacksonException _) {
            return body;
        }
    }
}
