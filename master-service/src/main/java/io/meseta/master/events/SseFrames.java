package io.meseta.master.events;

import io.meseta.master.records.RecordJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Frames of `text/event-stream`.
final class SseFrames {

    static final String MEDIA_TYPE = "text/event-stream";

    /// What ends an event.
    static final byte[] TAIL = "\n\n".getBytes(StandardCharsets.US_ASCII);

    private SseFrames() {}

    /// The beginning of an event that leads to a state; its data follow, on one line.
    static byte[] head(String event, EventId id) {
        return ("event: " + event + "\nid: " + id + "\ndata: ").getBytes(StandardCharsets.US_ASCII);
    }

    /// An event that leads nowhere.
    static byte[] event(String event, Map<String, String> data) {
        var json = RecordJson.text(data);
        return ("event: " + event + "\ndata: " + json + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
