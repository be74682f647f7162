package io.meseta.benchmarks.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;

/// One connection on which one request follows the other.
final class Line implements Closeable {

    private static final int TIMEOUT_MS = 5000;
    private static final int ANSWER_MAX = 16 * 1024;
    private static final String LENGTH = "content-length:";

    private final Socket socket;
    private final byte[] request;
    private final byte[] answer = new byte[ANSWER_MAX];

    Line(Target target) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), target.port());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MS);
        request = target.bytes();
    }

    /// Sends the request and reads the whole answer, which must be a success.
    void ask() throws IOException {
        socket.getOutputStream().write(request);
        int length = 0;
        int whole = Integer.MAX_VALUE;
        while (length < whole) {
            int read = socket.getInputStream().read(answer, length, ANSWER_MAX - length);
            if (read < 0) throw new EOFException("the proxy hung up");
            length += read;
            if (whole == Integer.MAX_VALUE) whole = whole(length);
        }
        if (answer[9] != '2') throw new IOException(new String(answer, 0, length, US_ASCII));
    }

    /// How long the answer will be; the largest number while its head is not there.
    private int whole(int length) {
        var text = new String(answer, 0, length, US_ASCII);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) return Integer.MAX_VALUE;
        var head = text.substring(0, end + 2).toLowerCase(Locale.ROOT);
        int field = head.indexOf(LENGTH);
        if (field < 0) throw new IllegalStateException("An answer without a length: " + head);
        var value = head.substring(field + LENGTH.length(), head.indexOf('\r', field)).strip();
        return end + 4 + Integer.parseInt(value);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
