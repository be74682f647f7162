package io.meseta.gateway.catalogue;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/// Cuts a stream of server-sent events into its events.
final class SseFrames {

    private final BufferedReader lines;
    private final long eventMax;
    private String lastId = "";

    /// @param eventMax of one event, in characters
    SseFrames(InputStream in, long eventMax) {
        this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.eventMax = eventMax;
    }

    /// One event.
    ///
    /// @param id that of the newest event that had one
    record Frame(String type, String id, String data) {}

    /// Waits for the next event.
    ///
    /// @throws EOFException at the stream's end
    Frame next() throws IOException {
        var type = "message";
        var data = new StringBuilder();
        while (true) {
            var line = line();
            if (line.isEmpty()) {
                if (data.isEmpty()) continue;
                return new Frame(type, lastId, data.substring(1));
            }
            int colon = line.indexOf(':');
            var field = colon < 0 ? line : line.substring(0, colon);
            var value = colon < 0 ? "" : line.substring(colon + 1);
            if (value.startsWith(" ")) value = value.substring(1);
            switch (field) {
                case "event" -> type = value;
                case "id" -> lastId = value;
                case "data" -> data.append('\n').append(value);
                default -> {
                    // A comment, or a field that is not for us.
                }
            }
            if (data.length() > eventMax) throw new IOException("an event is too long");
        }
    }

    /// As `readLine`, with a bound.
    private String line() throws IOException {
        var line = new StringBuilder();
        for (int next; (next = lines.read()) >= 0; ) {
            if (next == '\n') return line.toString();
            if (next != '\r') line.append((char) next);
            if (line.length() > eventMax) throw new IOException("a line is too long");
        }
        throw new EOFException("the stream ended");
    }
}
