package io.meseta.endtoend.wire;

import io.meseta.testkit.corpus.Recorded;
import io.meseta.testkit.corpus.Records;
import io.meseta.testkit.http.RawHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// An operator who watches what changes, each event with the journal's number.
public final class ChangeWatch implements AutoCloseable {

    private static final int SILENCE_MILLIS_MAX = 60_000;

    private final RawHttp.Flow flow;
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private volatile boolean isEnded;

    private ChangeWatch(RawHttp.Flow flow) throws IOException {
        this.flow = flow;
        flow.socket().setSoTimeout(SILENCE_MILLIS_MAX);
        Thread.ofVirtual().start(this::listen);
    }

    /// Subscribes with a master that leads.
    ///
    /// @param known the number of the last event that was read; empty for the whole state first
    /// @return empty if this master can't take anybody now
    public static Optional<ChangeWatch> open(int port, OptionalLong known) throws IOException {
        var resume = known.stream().mapToObj(number -> "Meseta-Resume-After: " + number);
        var headers =
                Stream.concat(
                                Stream.of(
                                        "Content-Type: application/json",
                                        "Accept: application/json",
                                        "Meseta-Events: sequence"),
                                resume)
                        .toArray(String[]::new);
        var body = "{\"type\":\"SUBSCRIBE\"}".getBytes(StandardCharsets.UTF_8);
        var flow = new RawHttp(port).open("POST", "/api/v1", body, headers);
        if (flow.status() == 200) return Optional.of(new ChangeWatch(flow));
        flow.close();
        return Optional.empty();
    }

    private void listen() {
        try {
            var records = new Records(flow.body());
            for (var next = records.next(); next.isPresent(); next = records.next())
                events.add(Recorded.JSON.readTree(next.get()));
        } catch (IOException _) {
            // What has come so far counts.
        }
        isEnded = true;
    }

    public List<JsonNode> events() {
        return events;
    }

    /// Whether the master is gone.
    public boolean isEnded() {
        return isEnded;
    }

    public boolean has(String type) {
        return events.stream().anyMatch(event -> event.path("type").asString("").equals(type));
    }

    /// The number of the newest event that had one.
    public OptionalLong newest() {
        return events.stream()
                .filter(event -> event.has("sequence"))
                .mapToLong(event -> event.path("sequence").asLong())
                .reduce((_, last) -> last);
    }

    @Override
    public void close() {
        flow.close();
    }
}
