package io.meseta.platform.bodies;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Reads whole bodies: with a length or chunked, plain or gzip.
///
/// Waits for the peer, so callers are virtual threads. `Expect: 100-continue` is answered by the
/// first read, and not at all if the length announced is too large already.
///
/// `bytesMax` holds for what is sent and for what it inflates to; `timeMax` for the whole reading,
/// so that a peer who sends a byte now and then does not keep a thread for ever.
public record BodyReader(int bytesMax, Duration timeMax) {

    private static final int BUFFER_BYTES = 16 * 1024;

    public BodyReader {
        if (bytesMax <= 0) throw new IllegalArgumentException("bytesMax must be positive");
        if (!timeMax.isPositive()) throw new IllegalArgumentException("timeMax must be positive");
    }

    /// Reads the body of `request`, which nobody has read yet.
    public BodyRead read(HttpServletRequest request) {
        if (request.getContentLengthLong() > bytesMax) return new BodyRead.TooLarge(bytesMax);
        var encoding =
                Optional.ofNullable(request.getHeader("Content-Encoding"))
                        .map(text -> text.strip().toLowerCase(Locale.ROOT))
                        .orElse("identity");
        return switch (encoding) {
            case "identity", "" -> read(request, false);
            case "gzip", "x-gzip" -> read(request, true);
            default -> new BodyRead.UnknownEncoding(encoding);
        };
    }

    private BodyRead read(HttpServletRequest request, boolean isGzip) {
        try {
            var sent = new Limited(request.getInputStream(), bytesMax, timeMax);
            if (!isGzip) return new BodyRead.Whole(all(sent, request.getContentLength()));
            try (var inflated = new Limited(new GZIPInputStream(sent), bytesMax, timeMax)) {
                return new BodyRead.Whole(all(inflated, -1));
            }
        } catch (Limited.Exceeded _) {
            return new BodyRead.TooLarge(bytesMax);
        } catch (Limited.TooSlow _) {
            return new BodyRead.Broken("The body took longer than " + timeMax.toSeconds() + " s.");
        } catch (ZipException _) {
            return new BodyRead.Broken("The body is not what gzip makes.");
        } catch (EOFException _) {
            return new BodyRead.Broken("The body ends too early.");
        } catch (IOException | RuntimeException _) {
            // Jetty reports a malformed chunk as a runtime exception of its own.
            return new BodyRead.Broken("The body could not be read.");
        }
    }

    private static byte[] all(InputStream in, int expected) throws IOException {
        if (expected >= 0) {
            var exact = in.readNBytes(expected);
            if (exact.length < expected) throw new EOFException("body cut short");
            return exact;
        }
        var all = new ByteArrayOutputStream(BUFFER_BYTES);
        var buffer = new byte[BUFFER_BYTES];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) all.write(buffer, 0, n);
        return all.toByteArray();
    }
}
