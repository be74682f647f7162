package io.meseta.testkit.http;

import io.meseta.testkit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A reader of the master's stream of changes (decision 0012).
public final class EventStream implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ROUTE = "/api/meseta/v1/events";

    private final RawHttp.Flow flow;
    private final List<Sse> heard = new CopyOnWriteArrayList<>();
    private volatile boolean isEnded;

    /// One event. Its id is empty if it has none of its own.
    public record Sse(String event, String id, JsonNode data, long nanos) {}

    private EventStream(RawHttp.Flow flow) {
        this.flow = flow;
        var _ = Thread.ofVirtual().start(this::listen);
    }

    public static EventStream open(RawHttp http, String... headers) {
        var flow = http.open("GET", ROUTE, new byte[0], headers);
        if (flow.status() != 200) throw new AssertionError("it answers " + flow.status());
        return new EventStream(flow);
    }

    public static EventStream resume(RawHttp http, String id) {
        return open(http, "Last-Event-ID: " + id);
    }

    public RawHttp.Flow flow() {
        return flow;
    }

    public List<Sse> heard() {
        return heard;
    }

    public boolean isEnded() {
        return isEnded;
    }

    public Sse await(String event) {
        return await(event, _ -> true);
    }

    /// The first so far, or to come.
    public Sse await(String event, Predicate<JsonNode> predicate) {
        return Await.shortly()
                .value(
                        "'" + event + "' came, beside " + heard.size() + " others",
                        () ->
                                heard.stream()
                                        .filter(each -> each.event().equals(event))
                                        .filter(each -> predicate.test(each.data()))
                                        .findFirst());
    }

    /// The first event with that task in that state.
    public Sse awaitTask(String id, String state) {
        return Await.shortly()
                .value(
                        id + " came in " + state,
                        () -> heard.stream().filter(each -> shows(each, id, state)).findFirst());
    }

    private static boolean shows(Sse each, String id, String state) {
        for (var task : each.data().path("tasks"))
            if (task.path("id").asString().equals(id)
                    && task.path("state").asString().equals(state)) return true;
        return false;
    }

    private void listen() {
        try (var lines =
                new BufferedReader(new InputStreamReader(flow.body(), StandardCharsets.UTF_8), 1)) {
            var event = "";
            var id = "";
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) event = line.substring("event: ".length());
                if (line.startsWith("id: ")) id = line.substring("id: ".length());
                if (line.startsWith("data: ")) {
                    var data = JSON.readTree(line.substring("data: ".length()));
                    heard.add(new Sse(event, id, data, System.nanoTime()));
                    id = "";
                }
            }
        } catch (IOException | UncheckedIOException _) {
            // Either side has hung up.
            isEnded = true;
        }
        isEnded = true;
    }

    @Override
    public void close() {
        flow.close();
    }
}
