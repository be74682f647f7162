package io.meseta.testkit.corpus;

import io.meseta.testkit.http.RawHttp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/// Says to a server what was said to Mesos, and compares the answers.
public final class Replay {

    private static final long EVENTS_WAIT_SECONDS = 3;

    private final RawHttp http;
    private final Comparison comparison;
    private final Ids ids;
    private final List<String> mismatches = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    /// @param jsonOfProtobuf says an answer that is protobuf in JSON
    public Replay(RawHttp http, UnaryOperator<byte[]> jsonOfProtobuf, Ids ids) {
        this.http = http;
        this.comparison = new Comparison(jsonOfProtobuf, UnaryOperator.identity());
        this.ids = ids;
    }

    /// How many cases have been replayed.
    public int compared() {
        return names.size();
    }

    /// The names of all cases that have been replayed.
    public List<String> names() {
        return names;
    }

    /// One line for each case that did not match: its name and what differs first.
    public List<String> mismatches() {
        return mismatches;
    }

    public void replay(Recorded recorded) {
        if (!recorded.isReplayable()) return;
        names.add(recorded.name());
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
    public void replay(Recorded recorded, List<String> headers, String body) {
        names.add(recorded.name());
        var difference = exchange(recorded, headers, body.getBytes(StandardCharsets.UTF_8));
        difference.ifPresent(what -> mismatches.add(recorded.name() + ": " + what));
    }

    private Optional<String> exchange(Recorded recorded, List<String> headers) {
        return exchange(recorded, headers, ids.translate(recorded.requestBody()));
    }

    private Optional<String> exchange(Recorded recorded, List<String> headers, byte[] body) {
        var reply = http.exchange(request(recorded, headers, body));
        if (reply.isEmpty()) return Optional.of("no answer");
        return comparison.difference(recorded, reply.get());
    }

    /// The bytes of the request that was recorded, with other headers and another body.
    public static byte[] request(Recorded recorded, List<String> headers, byte[] body) {
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

    private Optional<String> stream(Recorded recorded) throws IOException {
        var body = ids.translate(recorded.requestBody());
        try (var flow = http.open(request(recorded, recorded.headers(), body))) {
            var difference = Comparison.difference("status", recorded.status(), flow.status());
            if (difference.isPresent()) return difference;
            difference =
                    Comparison.difference(
                            "content-type",
                            recorded.header("content-type"),
                            flow.headers().getOrDefault("content-type", ""));
            if (difference.isPresent()) return difference;
            var then = withoutLateHeartbeats(recorded.events());
            var now = events(flow, then.size());
            remember(then, now);
            return Comparison.difference("events", likeness(then), likeness(now));
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
                                var records = new Records(flow.body());
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
        if (!before.isEmpty() && !after.isEmpty()) ids.put(before, after);
    }

    private static String framework(JsonNode event) {
        return event.path("subscribed").path("framework_id").path("value").asString("");
    }
}
