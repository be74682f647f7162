package io.meseta.master.corpus;

import com.google.protobuf.InvalidProtocolBufferException;
import io.meseta.master.testing.RawHttp;
import io.meseta.master.testing.TestMaster;
import io.meseta.mesos.json.MesosJson;
import io.meseta.mesos.recordio.RecordReader;
import io.meseta.mesos.v1.master.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Says to a master what was said to Mesos, and compares the answers.
final class Replay {

    private static final int RECORD_BYTES_MAX = 16 * 1024 * 1024;
    private static final long EVENTS_WAIT_SECONDS = 3;
    private static final List<String> HEADERS =
            List.of("content-type", "allow", "location", "content-encoding");
    private static final Pattern AGENT =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-S[0-9]+");

    private final TestMaster master;
    private final Optional<String> agent;
    private final Map<String, String> frameworks = new HashMap<>();
    private final List<String> mismatches = new ArrayList<>();
    private int compared;

    /// @param agent the agent that stands for every agent in the recordings
    Replay(TestMaster master, Optional<String> agent) {
        this.master = master;
        this.agent = agent;
    }

    int compared() {
        return compared;
    }

    /// One line for each case that did not match: its name and what differs first.
    List<String> mismatches() {
        return mismatches;
    }

    void replay(Recorded recorded) {
        if (!recorded.isReplayable()) return;
        compared++;
        try {
            var difference =
                    recorded.isStream() && recorded.status() == 200
                            ? stream(recorded)
                            : exchange(recorded, recorded.headers());
            difference.ifPresent(what -> mismatches.add(recorded.name() + ": " + what));
        } catch (IOException | AssertionError broken) {
            mismatches.add(recorded.name() + ": " + broken);
        }
    }

    /// The same with other headers and another body.
    void replay(Recorded recorded, List<String> headers, String body) {
        compared++;
        var difference = exchange(recorded, headers, body.getBytes(StandardCharsets.UTF_8));
        difference.ifPresent(what -> mismatches.add(recorded.name() + ": " + what));
    }

    private Optional<String> exchange(Recorded recorded, List<String> headers) {
        return exchange(recorded, headers, translated(recorded.requestBody()));
    }

    private Optional<String> exchange(Recorded recorded, List<String> headers, byte[] body) {
        var reply = master.http().exchange(request(recorded, headers, body));
        if (reply.isEmpty()) return Optional.of("no answer");
        var difference = difference("status", recorded.status(), reply.get().status());
        if (difference.isPresent()) return difference.map(what -> what + " " + reply.get().text());
        for (var name : HEADERS) {
            var found = reply.get().headers().getOrDefault(name, "");
            difference = difference(name, header(recorded.header(name)), header(found));
            if (difference.isPresent()) return difference;
        }
        if (recorded.method().equals("HEAD")) return Optional.empty();
        return body(recorded, reply.get());
    }

    private static Optional<String> body(Recorded recorded, RawHttp.Reply reply) {
        var then = json(recorded.responseBody(), recorded.header("content-type"));
        var now = json(reply.body(), recorded.header("content-type"));
        if (new String(then, StandardCharsets.UTF_8).contains("\"master/elected\"")) {
            var unknown = Likeness.figures(now);
            unknown.removeAll(Likeness.figures(then));
            return difference("figures that Mesos does not have", "[]", unknown.toString());
        }
        return difference("body", Likeness.of(then), Likeness.of(now));
    }

    private static byte[] json(byte[] body, String type) {
        if (!type.equals("application/x-protobuf")) return body;
        try {
            return MesosJson.write(Response.parseFrom(body));
        } catch (InvalidProtocolBufferException broken) {
            throw new AssertionError("not a response", broken);
        }
    }

    private static Optional<String> difference(String what, Object then, Object now) {
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

    private byte[] request(Recorded recorded, List<String> headers, byte[] body) {
        var head = new StringBuilder(recorded.line()).append("\r\n");
        for (var header : headers) {
            var name = header.substring(0, header.indexOf(':')).toLowerCase(Locale.ROOT);
            if (name.equals("content-length")) head.append("Content-Length: ").append(body.length);
            else head.append(header);
            head.append("\r\n");
        }
        var all = new ByteArrayOutputStream();
        all.writeBytes((head + "\r\n").getBytes(StandardCharsets.UTF_8));
        all.writeBytes(body);
        return all.toByteArray();
    }

    /// Ids of then are ids of now.
    private byte[] translated(byte[] body) {
        if (frameworks.isEmpty() && agent.isEmpty()) return body;
        var text = new String(body, StandardCharsets.UTF_8);
        // What is not text holds no ids that would have to be replaced.
        if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), body)) return body;
        for (var entry : frameworks.entrySet())
            text = text.replace(entry.getKey(), entry.getValue());
        if (agent.isPresent()) text = AGENT.matcher(text).replaceAll(agent.get());
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Optional<String> stream(Recorded recorded) throws IOException {
        var body = translated(recorded.requestBody());
        try (var flow = master.http().open(request(recorded, recorded.headers(), body))) {
            var difference = difference("status", recorded.status(), flow.status());
            if (difference.isPresent()) return difference;
            difference =
                    difference(
                            "content-type",
                            recorded.header("content-type"),
                            flow.headers().getOrDefault("content-type", ""));
            if (difference.isPresent()) return difference;
            var then = withoutLateHeartbeats(recorded.events());
            var now = events(flow, then.size());
            remember(then, now);
            return difference("events", likeness(then), likeness(now));
        }
    }

    private static List<JsonNode> withoutLateHeartbeats(List<JsonNode> events) {
        var early = new ArrayList<>(events);
        while (early.size() > 2 && isHeartbeat(early.getLast())) early.removeLast();
        return early;
    }

    private static boolean isHeartbeat(JsonNode event) {
        return event.path("type").asString().equals("HEARTBEAT");
    }

    private static List<String> likeness(List<JsonNode> events) {
        return events.stream().map(Likeness::of).toList();
    }

    private static List<JsonNode> events(RawHttp.Flow flow, int count) {
        var events = new ArrayList<JsonNode>();
        var reading =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                var records = new RecordReader(flow.body(), RECORD_BYTES_MAX);
                                while (events.size() < count) {
                                    var next = records.next();
                                    if (next.isEmpty()) return;
                                    events.add(Recorded.JSON.readTree(next.get()));
                                }
                            } catch (IOException _) {
                                // What has come so far is compared.
                            }
                        },
                        task -> Thread.ofVirtual().start(task));
        try {
            reading.get(EVENTS_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException _) {
            flow.close();
            reading.join();
        } catch (InterruptedException | ExecutionException broken) {
            throw new AssertionError(broken);
        }
        return events;
    }

    private void remember(List<JsonNode> then, List<JsonNode> now) {
        if (then.isEmpty() || now.isEmpty()) return;
        var before = framework(then.getFirst());
        var after = framework(now.getFirst());
        if (!before.isEmpty() && !after.isEmpty()) frameworks.put(before, after);
    }

    private static String framework(JsonNode event) {
        return event.path("subscribed").path("framework_id").path("value").asString("");
    }
}
