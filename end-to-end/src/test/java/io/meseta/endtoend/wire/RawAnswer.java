package io.meseta.endtoend.wire;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What came back on the wire.
///
/// @param status 0 when the connection was closed without an answer
/// @param body what was read of it; of a stream, what came at once
public record RawAnswer(int status, List<String> headers, String body) {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int BODY_BYTES_MAX = 256 * 1024;
    private static final int LINE_BYTES_MAX = 64 * 1024;
    private static final int INTERIM = 100;

    public RawAnswer {
        headers = List.copyOf(headers);
    }

    /// Sends one request on a connection of its own and reads the answer's head and body.
    public static RawAnswer to(int port, RawRequest request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            var out = socket.getOutputStream();
            out.write(request.head());
            out.flush();
            send(out, request.body());
            return read(socket.getInputStream());
        }
    }

    public Optional<String> header(String name) {
        var start = name.toLowerCase(Locale.ROOT) + ":";
        return headers.stream()
                .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(start))
                .map(header -> header.substring(start.length()).strip())
                .findFirst();
    }

    /// A server that refuses a body need not read it: the connection may break while we send, and
    /// the answer is there all the same.
    private static void send(OutputStream out, ByteString body) {
        try {
            body.writeTo(out);
            out.flush();
        } catch (IOException _) {
            // Its reason is in the answer, which is read next.
        }
    }

    private static RawAnswer read(InputStream in) throws IOException {
        while (true) {
            var line = line(in);
            if (line.isEmpty()) return new RawAnswer(0, List.of(), "");
            int status = Integer.parseInt(line.split(" ", 3)[1]);
            var headers = new ArrayList<String>();
            for (var next = line(in); !next.isEmpty(); next = line(in)) headers.add(next);
            if (status == INTERIM) continue;
            var answer = new RawAnswer(status, headers, "");
            return new RawAnswer(status, headers, answer.readBody(in));
        }
    }

    private String readBody(InputStream in) throws IOException {
        if (header("Transfer-Encoding").isPresent()) return firstChunk(in);
        int length = header("Content-Length").map(Integer::parseInt).orElse(BODY_BYTES_MAX);
        return new String(in.readNBytes(Math.min(length, BODY_BYTES_MAX)), StandardCharsets.UTF_8);
    }

    /// Enough to tell one answer from another; a stream has no end to wait for.
    private static String firstChunk(InputStream in) throws IOException {
        int length = Integer.parseInt(line(in), 16);
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') line.append((char) next);
            if (line.length() > LINE_BYTES_MAX) throw new IOException("an endless line");
        }
        return line.toString();
    }
}
