package io.meseta.gateway.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/// A connection on which a test says exactly what it wants said.
public final class RawLine implements AutoCloseable {

    private static final int READ_MILLIS_MAX = 10_000;

    private final Socket socket;

    public RawLine(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(READ_MILLIS_MAX);
    }

    public RawLine say(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        return this;
    }

    /// The answer's head, to its empty line.
    public String head() throws IOException {
        return until("\r\n\r\n");
    }

    /// All that comes, up to and with `mark`; less if the connection ends before.
    public String until(String mark) throws IOException {
        var text = new StringBuilder();
        while (text.indexOf(mark) < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) return text.toString();
            text.append((char) next);
        }
        return text.toString();
    }

    /// Whether the other side has ended, with nothing more said.
    public boolean isEnded() throws IOException {
        return socket.getInputStream().read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
