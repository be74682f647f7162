package io.meseta.testkit.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/// Says to a server exactly what a test wants said, one connection for each request.
///
/// @param authorization what every request says of its sender; empty for nothing
public record RawHttp(int port, String authorization) {

    private static final int READ_MILLIS_MAX = 10_000;

    public RawHttp(int port) {
        this(port, "");
    }

    /// The same server, seen by whom this Authorization header names.
    public RawHttp as(String header) {
        return new RawHttp(port, header);
    }

    /// An answer.
    public static final class Reply {

        private final int status;
        private final Map<String, String> headers;
        private final byte[] body;

        Reply(int status, Map<String, String> headers, byte[] body) {
            this.status = status;
            this.headers = headers;
            this.body = body;
        }

        public int status() {
            return status;
        }

        /// By their names in lower case.
        public Map<String, String> headers() {
            return headers;
        }

        public byte[] body() {
            return body;
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
        }
    }

    /// An answer that is still coming.
    public record Flow(Socket socket, int status, Map<String, String> headers, InputStream body)
            implements AutoCloseable {

        /// What is known before the body.
        public Reply head() {
            return new Reply(status, headers, new byte[0]);
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException _) {
                // It is gone, which is what was wanted.
            }
        }
    }

    public Reply get(String target, String... headers) {
        return send("GET", target, new byte[0], headers);
    }

    public Reply postJson(String target, String body, String... headers) {
        var all = new ArrayList<>(List.of(headers));
        all.add("Content-Type: application/json");
        return send(
                "POST", target, body.getBytes(StandardCharsets.UTF_8), all.toArray(String[]::new));
    }

    public Reply send(String method, String target, byte[] body, String... headers) {
        return exchange(request(method, target, body, headers))
                .orElseThrow(() -> new AssertionError("no answer to " + method + " " + target));
    }

    /// The first answer to bytes that may be anything; empty if the server only hangs up.
    public Optional<Reply> exchange(byte[] request) {
        try (var flow = open(request)) {
            var body = flow.body().readAllBytes();
            if ("gzip".equals(flow.headers().get("content-encoding")))
                body = new GZIPInputStream(new java.io.ByteArrayInputStream(body)).readAllBytes();
            return Optional.of(new Reply(flow.status(), flow.headers(), body));
        } catch (EOFException _) {
            return Optional.empty();
        } catch (IOException broken) {
            throw new AssertionError("the exchange broke", broken);
        }
    }

    public Flow open(String method, String target, byte[] body, String... headers) {
        try {
            return open(request(method, target, body, headers));
        } catch (IOException broken) {
            throw new AssertionError("the stream did not open", broken);
        }
    }

    private byte[] request(String method, String target, byte[] body, String... headers) {
        var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        head.append("Host: 127.0.0.1:").append(port).append("\r\n");
        for (var header : headers) head.append(header).append("\r\n");
        if (!authorization.isEmpty())
            head.append("Authorization: ").append(authorization).append("\r\n");
        if (body.length > 0 || method.equals("POST"))
            head.append("Content-Length: ").append(body.length).append("\r\n");
        head.append("\r\n");
        return join(head.toString().getBytes(StandardCharsets.ISO_8859_1), body);
    }

    static byte[] join(byte[] first, byte[] second) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(first);
        all.writeBytes(second);
        return all.toByteArray();
    }

    /// The answer's head, and its body as a stream.
    public Flow open(byte[] request) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        try {
            socket.setSoTimeout(READ_MILLIS_MAX);
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            var in = new BufferedInputStream(socket.getInputStream());
            var isHead = new String(request, StandardCharsets.ISO_8859_1).startsWith("HEAD ");
            return answer(socket, in, isHead);
        } catch (IOException | RuntimeException broken) {
            socket.close();
            throw broken;
        }
    }

    private static Flow answer(Socket socket, InputStream in, boolean isHead) throws IOException {
        var line = line(in);
        if (!line.startsWith("HTTP/1.")) throw new EOFException("not an answer: " + line);
        int status = Integer.parseInt(line.split(" ", 3)[1]);
        var headers = new TreeMap<String, String>();
        for (var header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        // The server says that it waits for the body, which is on its way already.
        if (status == 100) return answer(socket, in, isHead);
        return new Flow(
                socket,
                status,
                headers,
                isHead ? InputStream.nullInputStream() : body(in, headers));
    }

    private static InputStream body(InputStream in, Map<String, String> headers)
            throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").contains("chunked"))
            return new Chunks(in);
        var length = headers.get("content-length");
        if (length != null)
            return new java.io.ByteArrayInputStream(in.readNBytes(Integer.parseInt(length)));
        return headers.getOrDefault("connection", "").equals("close")
                ? in
                : InputStream.nullInputStream();
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) throw new EOFException("the server hung up");
            if (next != '\r') line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /// A chunked body, as it comes.
    private static final class Chunks extends InputStream {

        private final InputStream in;
        private int left;
        private boolean hasBegun;
        private boolean isOver;

        Chunks(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            if (left == 0) next();
            if (isOver) return -1;
            left--;
            int one = in.read();
            if (one < 0) throw new EOFException("the server hung up in a chunk");
            return one;
        }

        private void next() throws IOException {
            if (isOver) return;
            // The line's end after a chunk may come no sooner than the next chunk.
            if (hasBegun) line(in);
            hasBegun = true;
            left = Integer.parseInt(line(in).split(";", 2)[0], 16);
            isOver = left == 0;
            if (isOver) line(in);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            // One at a time, so that a record is seen as soon as it is there.
            if (length == 0) return 0;
            int one = read();
            if (one < 0) return -1;
            into[offset] = (byte) one;
            return 1;
        }
    }
}
