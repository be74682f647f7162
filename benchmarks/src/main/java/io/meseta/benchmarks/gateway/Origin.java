package io.meseta.benchmarks.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// The server behind the proxies: answers every request without a body with the same 500 bytes.
///
/// `java … io.meseta.benchmarks.gateway.Origin PORT`
public final class Origin {

    private static final int BACKLOG = 1024;
    private static final int REQUEST_MAX = 8192;
    private static final int BODY = 500;

    private static final byte[] ANSWER =
            ("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: "
                            + BODY
                            + "\r\n\r\n"
                            + "x".repeat(BODY))
                    .getBytes(US_ASCII);

    private Origin() {}

    public static void main(String[] args) throws IOException {
        var loopback = InetAddress.getLoopbackAddress();
        try (var server = new ServerSocket(Integer.parseInt(args[0]), BACKLOG, loopback)) {
            while (true) {
                var peer = server.accept();
                Thread.ofPlatform().daemon().start(() -> serve(peer));
            }
        }
    }

    private static void serve(Socket peer) {
        try (peer) {
            peer.setTcpNoDelay(true);
            var in = peer.getInputStream();
            var out = peer.getOutputStream();
            var request = new byte[REQUEST_MAX];
            int length = 0;
            for (int read; (read = in.read(request, length, REQUEST_MAX - length)) > 0; ) {
                length += read;
                if (!isWhole(request, length)) continue;
                out.write(ANSWER);
                length = 0;
            }
        } catch (IOException gone) {
            System.err.println("A proxy hung up: " + gone.getMessage());
        }
    }

    private static boolean isWhole(byte[] request, int length) {
        return length >= 4
                && request[length - 4] == '\r'
                && request[length - 3] == '\n'
                && request[length - 2] == '\r'
                && request[length - 1] == '\n';
    }
}
