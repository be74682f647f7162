package io.meseta.platform;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;

/// Says on a socket exactly what a test wants said, as clients in the wild do.
public final class RawClient implements AutoCloseable {

    private static final Duration READ_MAX = Duration.ofSeconds(30);

    private final Socket socket;

    public RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) READ_MAX.toMillis());
        socket.setTcpNoDelay(true);
    }

    /// Sends one request on a connection of its own and returns all that comes back.
    public static String ask(int port, String text) throws IOException {
        try (var client = new RawClient(port)) {
            client.say(text);
            return client.hear();
        }
    }

    /// Line ends may be written `\n`.
    public RawClient say(String text) throws IOException {
        return send(text.replace("\n", "\r\n").getBytes(ISO_8859_1));
    }

    public RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /// Sends what may be refused before it is all sent: whoever refuses hangs up, and its answer is
    /// there to be heard all the same.
    public RawClient sendUntilRefused(byte[] bytes) throws IOException {
        try {
            return send(bytes);
        } catch (SocketException hungUp) {
            return this;
        }
    }

    /// All until the other side closes.
    public String hear() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }

    /// All up to and including `end`.
    public String hearUntil(String end) throws IOException {
        var heard = new StringBuilder();
        while (heard.indexOf(end) < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) throw new IOException("closed after: " + heard);
            heard.append((char) next);
        }
        return heard.toString();
    }

    public InputStream stream() throws IOException {
        return socket.getInputStream();
    }

    /// Before connecting more than a little can wait in the kernel otherwise.
    public void hearLittle(int bytes) throws IOException {
        socket.setReceiveBufferSize(bytes);
    }

    /// Hangs up with a RST, as a machine does that has died and come back.
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
