package io.meseta.benchmarks.placements;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// One connection to a server of HTTP/1.1, as much of it as a load needs.
///
/// A client of the usual kind takes as much of the machine as the master that it loads, and this
/// load runs beside it.
public final class Line implements AutoCloseable {

    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int LINE_CHARACTERS_MAX = 8 * 1024;
    private static final int TIMEOUT_MS = 60_000;

    private final Socket socket = new Socket();
    private final InputStream in;
    private boolean isUsed;

    /// The head of an answer.
    ///
    /// @param headers by their names in small letters
    public record Head(int status, Map<String, String> headers) {

        public long length() {
            return Long.parseLong(headers.getOrDefault("content-length", "0"));
        }

        public boolean isChunked() {
            return headers.getOrDefault("transfer-encoding", "").equals("chunked");
        }

        public boolean isLast() {
            return headers.getOrDefault("connection", "").equals("close");
        }
    }

    public Line(URI server) throws IOException {
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), TIMEOUT_MS);
        in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
    }

    /// What has been heard already, of a connection of another kind; nothing can be sent on it.
    public Line(InputStream heard) {
        in = heard;
    }

    /// How long an answer may be waited for from now on; 0 for ever.
    public void limit(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    /// Sends a request, head and body in one piece.
    public void send(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
    }

    /// Whether something was answered on it before: the server may have ended it since.
    boolean isUsed() {
        return isUsed;
    }

    /// Waits for the head of the next answer.
    public Head head() throws IOException {
        var status = line();
        var headers = new TreeMap<String, String>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        isUsed = true;
        return new Head(Integer.parseInt(status.substring(9, 12)), headers);
    }

    /// Throws away the body that belongs to `head`, which says how long it is.
    public void skip(Head head) throws IOException {
        in.skipNBytes(head.length());
    }

    /// A body in chunks, as long as it goes on.
    public InputStream chunks() {
        return new Chunks();
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) throw new EOFException("The connection has ended");
            if (line.length() == LINE_CHARACTERS_MAX) throw new IOException("A line without end");
            if (next != '\r') line.append((char) next);
        }
        return line.toString();
    }

    public static byte[] post(String path, URI server, String headers, byte[] body) {
        var head =
                "POST %s HTTP/1.1\r\nHost: %s\r\n%sContent-Length: %d\r\n\r\n"
                        .formatted(path, server.getAuthority(), headers, body.length)
                        .getBytes(US_ASCII);
        var request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    public static byte[] get(String path, URI server, String headers) {
        return "GET %s HTTP/1.1\r\nHost: %s\r\n%s\r\n"
                .formatted(path, server.getAuthority(), headers)
                .getBytes(US_ASCII);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException _) {
            // It is over either way.
        }
    }

    private final class Chunks extends InputStream {

        private long left;
        private boolean isBegun;
        private boolean isOver;

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) return 0;
            if (left == 0 && !next()) return -1;
            int read = in.read(into, offset, (int) Math.min(length, left));
            if (read < 0) throw new EOFException("The stream broke off");
            left -= read;
            return read;
        }

        private boolean next() throws IOException {
            // A server may send the end of a chunk's line with the next chunk: who waits for it
            // right after the chunk hears everything one message late.
            if (isBegun) line();
            isBegun = true;
            if (!isOver) left = Long.parseLong(line(), 16);
            isOver = left == 0;
            return !isOver;
        }

        @Override
        public void close() {
            Line.this.close();
        }
    }
}
