package io.meseta.endtoend.wire;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// An HTTP request byte by byte, so that it can be wrong in every way.
///
/// @param headers whole lines
/// @param body as it goes over the wire
public record RawRequest(String line, List<String> headers, ByteString body) {

    private static final String JSON = "application/json";
    private static final String PROTOBUF = "application/x-protobuf";
    private static final int CHUNK = 64 * 1024;

    public RawRequest {
        headers = List.copyOf(headers);
    }

    public static RawRequest of(String method, String target) {
        return new RawRequest(method + " " + target + " HTTP/1.1", List.of(), ByteString.EMPTY)
                .with("Host", "127.0.0.1");
    }

    public static RawRequest get(String target) {
        return of("GET", target);
    }

    public static RawRequest json(String target, String body) {
        return json(target, bytes(body));
    }

    public static RawRequest json(String target, byte[] body) {
        return of("POST", target).with("Content-Type", JSON).with("Accept", JSON).sized(body);
    }

    public static RawRequest protobuf(String target, byte[] body) {
        return of("POST", target)
                .with("Content-Type", PROTOBUF)
                .with("Accept", PROTOBUF)
                .sized(body);
    }

    /// Another request line, with all else as it is.
    public RawRequest line(String other) {
        return new RawRequest(other, headers, body);
    }

    public RawRequest with(String header, String value) {
        var more = new ArrayList<>(headers);
        more.add(header + ": " + value);
        return new RawRequest(line, more, body);
    }

    public RawRequest without(String header) {
        var fewer = new ArrayList<>(headers);
        fewer.removeIf(each -> each.startsWith(header + ":"));
        return new RawRequest(line, fewer, body);
    }

    /// The body in place of any other, with its length.
    public RawRequest sized(byte[] other) {
        return without("Content-Length")
                .with("Content-Length", Integer.toString(other.length))
                .unsized(other);
    }

    /// The body as it stands, whatever the headers say of it.
    public RawRequest unsized(byte[] other) {
        return new RawRequest(line, headers, ByteString.copyFrom(other));
    }

    /// The same body in chunks.
    public RawRequest chunked() {
        var out = new ByteArrayOutputStream();
        for (int at = 0; at < body.size(); at += CHUNK) {
            int length = Math.min(CHUNK, body.size() - at);
            out.writeBytes(bytes(Integer.toHexString(length) + "\r\n"));
            out.writeBytes(body.substring(at, at + length).toByteArray());
            out.writeBytes(bytes("\r\n"));
        }
        out.writeBytes(bytes("0\r\n\r\n"));
        return without("Content-Length")
                .with("Transfer-Encoding", "chunked")
                .unsized(out.toByteArray());
    }

    /// The same body, compressed.
    public RawRequest zipped() {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            body.writeTo(gzip);
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory cannot be written to", impossible);
        }
        return sized(out.toByteArray()).with("Content-Encoding", "gzip");
    }

    /// Everything up to the empty line.
    byte[] head() {
        var head = new StringBuilder(line).append("\r\n");
        headers.forEach(header -> head.append(header).append("\r\n"));
        return bytes(head.append("\r\n").toString());
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
