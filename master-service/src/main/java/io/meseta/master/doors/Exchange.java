package io.meseta.master.doors;

import io.meseta.authorization.Verdict;
import io.meseta.platform.access.Denials;
import io.meseta.platform.identity.Caller;
import io.meseta.platform.identity.Callers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/// One request with the answer to it, in the manner of Mesos: refusals are one line of plain text
/// without a newline, and an empty answer says nothing of its type.
public record Exchange(HttpServletRequest request, HttpServletResponse response) {

    /// Shorter answers are not worth compressing; Mesos draws the line here too.
    private static final int GZIP_BYTES_MIN = 1024;

    private static final int BUFFER_BYTES = 64 * 1024;

    private static final String PLAIN = "text/plain;charset=utf-8";

    /// Writes an answer piece by piece.
    @FunctionalInterface
    public interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    /// Who asks, as the route's policy found out.
    public Caller caller() {
        return Callers.admitted(request);
    }

    public String method() {
        return request.getMethod();
    }

    /// The last header of that name: where a client repeats one, Mesos heeds the last.
    public Optional<String> header(String name) {
        var all = Collections.list(request.getHeaders(name));
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    /// A parameter of the query; the first of that name. What is not well encoded is taken as it
    /// is: it will name nothing.
    public Optional<String> query(String name) {
        var query = request.getQueryString();
        if (query == null) return Optional.empty();
        return Arrays.stream(query.split("&", -1))
                .filter(each -> each.startsWith(name + "="))
                .map(each -> decoded(each.substring(name.length() + 1)))
                .findFirst();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return text;
        }
    }

    public boolean accepts(Format format) {
        var all = Collections.list(request.getHeaders("Accept"));
        var accept = all.isEmpty() ? Optional.<String>empty() : Optional.of(String.join(",", all));
        return Accepting.mediaType(accept, format.mediaType());
    }

    /// The form of the answer: JSON where both are welcome.
    public Optional<Format> answerFormat() {
        if (accepts(Format.JSON)) return Optional.of(Format.JSON);
        return accepts(Format.PROTOBUF) ? Optional.of(Format.PROTOBUF) : Optional.empty();
    }

    /// Answers with a status and nothing else.
    public void empty(int status) throws IOException {
        response.setStatus(status);
        response.setContentLength(0);
        response.flushBuffer();
    }

    /// Answers with a line of text.
    public void text(int status, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(PLAIN);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
        response.flushBuffer();
    }

    /// Refuses, and names the rule in a header: the body is Mesos'.
    public void forbidden(Verdict.Denied denied) throws IOException {
        response.setHeader(Denials.RULE_HEADER, denied.rule().toString());
        text(HttpServletResponse.SC_FORBIDDEN, "403 Forbidden.");
    }

    /// Refuses as Mesos' files do, with a text of their own.
    public void forbidden(Verdict.Denied denied, String text) throws IOException {
        response.setHeader(Denials.RULE_HEADER, denied.rule().toString());
        text(HttpServletResponse.SC_FORBIDDEN, text);
    }

    /// Refuses for now: the caller may come back.
    public void unavailable(String text) throws IOException {
        response.setHeader("Retry-After", "1");
        text(HttpServletResponse.SC_SERVICE_UNAVAILABLE, text);
    }

    public void methodNotAllowed(String... allowed) throws IOException {
        response.setHeader("Allow", String.join(", ", allowed));
        text(
                HttpServletResponse.SC_METHOD_NOT_ALLOWED,
                "405 Method Not Allowed. Expecting one of { '%s' }, but received '%s'."
                        .formatted(String.join("', '", allowed), method()));
    }

    public void notFound() throws IOException {
        text(HttpServletResponse.SC_NOT_FOUND, "404 Not Found.");
    }

    /// Answers 200 with these bytes, compressed if that is welcome and worth it.
    public void bytes(String mediaType, byte[] bytes) throws IOException {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType(mediaType);
        var body = bytes;
        if (bytes.length >= GZIP_BYTES_MIN && takesGzip()) {
            response.setHeader("Content-Encoding", "gzip");
            body = zipped(bytes);
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    /// Answers 200 with JSON that is written as it is made, so that its length does not matter.
    /// With `?jsonp=f` it comes as a call of `f`.
    public void json(Body body) throws IOException {
        var framing = Framing.of(this, Format.JSON);
        if (framing.isEmpty()) return;
        try (var out = framing.get().begin(this)) {
            // The wrapping of a call is not worth compressing, and what has it is not compressed.
            if (!framing.get().isZipped()) {
                framing.get().write(body, out);
            } else {
                try (var zip = new GZIPOutputStream(out, BUFFER_BYTES)) {
                    body.writeTo(zip);
                }
            }
        }
    }

    /// What is around an answer of any length.
    ///
    /// @param before comes before it, such as the beginning of a call by JSONP
    /// @param isZipped whether the answer is to be compressed; then nothing is around it
    public record Framing(String mediaType, String before, String after, boolean isZipped) {

        /// Empty if the caller wants a call of what can't be called, and then the exchange is
        /// answered.
        public static Optional<Framing> of(Exchange exchange, Format format) throws IOException {
            var callback =
                    format == Format.JSON ? exchange.query("jsonp") : Optional.<String>empty();
            if (callback.isEmpty())
                return Optional.of(new Framing(format.mediaType(), "", "", exchange.takesGzip()));
            if (callback.get().matches("[\\w.$\\[\\]]{1,128}"))
                return Optional.of(
                        new Framing("text/javascript", callback.get() + "(", ");", false));
            exchange.text(
                    HttpServletResponse.SC_BAD_REQUEST, "'jsonp' is not the name of a function");
            return Optional.empty();
        }

        /// Answers 200 with a body that is compressed already if it is to be.
        public void send(Exchange exchange, InputStream body) throws IOException {
            try (var out = begin(exchange)) {
                write(body::transferTo, out);
            }
        }

        private OutputStream begin(Exchange exchange) throws IOException {
            var response = exchange.response();
            response.setStatus(HttpServletResponse.SC_OK);
            response.setContentType(mediaType);
            if (isZipped) response.setHeader("Content-Encoding", "gzip");
            return new BufferedOutputStream(response.getOutputStream(), BUFFER_BYTES);
        }

        private void write(Body body, OutputStream out) throws IOException {
            out.write(ascii(before));
            body.writeTo(out);
            out.write(ascii(after));
        }
    }

    private boolean takesGzip() {
        var accept = header("Accept-Encoding").map(text -> text.toLowerCase(Locale.ROOT));
        return Accepting.encoding(accept, "gzip");
    }

    private static byte[] zipped(byte[] bytes) {
        var zipped = new ByteArrayOutputStream(bytes.length / 4);
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory cannot be written to", impossible);
        }
        return zipped.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
