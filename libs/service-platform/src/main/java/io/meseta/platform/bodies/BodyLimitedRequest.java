package io.meseta.platform.bodies;

import io.meseta.platform.problems.BodyTooLarge;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request whose body fails with [BodyTooLarge] once it has given too many bytes.
final class BodyLimitedRequest extends HttpServletRequestWrapper {

    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int SKIPS_MAX = 16;

    private final long bytesMax;
    private @Nullable Counted limited;

    BodyLimitedRequest(HttpServletRequest request, long bytesMax) {
        super(request);
        this.bytesMax = bytesMax;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return counted();
    }

    private Counted counted() throws IOException {
        var stream = limited;
        if (stream == null) {
            stream = new Counted(super.getInputStream(), bytesMax);
            limited = stream;
        }
        return stream;
    }

    /// Throws away what has come of the body, and waits for nothing.
    ///
    /// @return whether nothing of it is still to come
    boolean skipped() {
        long length = getContentLengthLong();
        if (length == 0 || (length < 0 && getHeader("Transfer-Encoding") == null)) return true;
        // To ask for what there is would invite a body that waits to be invited.
        if (limited == null && getHeader("Expect") != null) return false;
        try {
            return counted().skipped(length);
        } catch (IOException | IllegalStateException _) {
            return false;
        }
    }

    @Override
    public BufferedReader getReader() throws IOException {
        var charset =
                Optional.ofNullable(getCharacterEncoding())
                        .map(Charset::forName)
                        .orElse(StandardCharsets.UTF_8);
        return new BufferedReader(new InputStreamReader(getInputStream(), charset));
    }

    private static final class Counted extends ServletInputStream {

        private final ServletInputStream in;
        private final long bytesMax;
        private long count;
        private boolean isEnded;

        private Counted(ServletInputStream in, long bytesMax) {
            this.in = in;
            this.bytesMax = bytesMax;
        }

        /// @param length of the whole body; negative if it was not said
        private boolean isAtEnd(long length) {
            return isEnded || (length >= 0 ? count >= length : in.isFinished());
        }

        private boolean skipped(long length) throws IOException {
            var waste = new byte[BUFFER_BYTES];
            for (int i = 0; i < SKIPS_MAX && !isAtEnd(length) && in.available() > 0; i++) {
                int read = in.read(waste, 0, Math.min(in.available(), BUFFER_BYTES));
                isEnded = read < 0;
                count += Math.max(read, 0);
            }
            return isAtEnd(length);
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            isEnded = one < 0;
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = in.read(into, offset, length);
            isEnded = read < 0;
            count(Math.max(read, 0));
            return read;
        }

        private void count(int read) throws BodyTooLarge {
            count += read;
            if (count > bytesMax) throw new BodyTooLarge(bytesMax);
        }

        @Override
        public boolean isFinished() {
            return in.isFinished();
        }

        @Override
        public boolean isReady() {
            return in.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            in.setReadListener(listener);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
