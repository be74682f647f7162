package io.meseta.gateway.forwarding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.HttpStream;

/// Asks whoever answers to go on as a WebSocket, and makes a tunnel of both connections if they do.
///
/// Written on a socket of its own: after the answer's head nothing on it is HTTP any more.
final class Handshake {

    private static final int SWITCHING = 101;
    private static final int HEAD_MAX = 16 * 1024;

    private final Inbound inbound;
    private final Errand errand;
    private final Forwarder.Limits limits;
    private final Set<WebSocketTunnel> tunnels;

    Handshake(
            Inbound inbound, Errand errand, Forwarder.Limits limits, Set<WebSocketTunnel> tunnels) {
        this.inbound = inbound;
        this.errand = errand;
        this.limits = limits;
        this.tunnels = tunnels;
    }

    void shake(Consumer<Ending> onEnd) {
        var socket = new Socket();
        try {
            socket.connect(
                    new InetSocketAddress(errand.to().host(), errand.to().port()),
                    Math.toIntExact(limits.connectMax().toMillis()));
        } catch (IOException refused) {
            close(socket);
            onEnd.accept(new Ending.Unreached(refused));
            return;
        }
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(Math.toIntExact(limits.firstByteMax().toMillis()));
            socket.getOutputStream().write(head().getBytes(ISO_8859_1));
            var answer = read(socket.getInputStream());
            if (answer.status() == SWITCHING) tunnel(socket, answer, onEnd);
            else refuse(socket, answer, onEnd);
        } catch (IOException failure) {
            close(socket);
            onEnd.accept(new Ending.Unanswered(failure, true));
        }
    }

    private String head() {
        var text = new StringBuilder("GET ").append(errand.target()).append(" HTTP/1.1\r\n");
        line(text, "Host", errand.to().authority());
        for (var field : errand.headers()) line(text, field.getName(), field.getValue());
        line(text, "Connection", "Upgrade");
        line(text, "Upgrade", "websocket");
        return text.append("\r\n").toString();
    }

    /// Jetty lets no line ends into names and values; a head without them cannot be two.
    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append(": ").append(value == null ? "" : value).append("\r\n");
    }

    private record Answer(int status, HttpFields headers) {}

    /// Byte by byte, since what follows the head is not ours to read.
    private static Answer read(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
            int next = in.read();
            if (next < 0) throw new EOFException("no answer to the handshake");
            if (head.length() >= HEAD_MAX) throw new IOException("the answer's head is too long");
            head.append((char) next);
        }
        var lines = head.toString().strip().split("\r\n", -1);
        var words = lines[0].split(" ", 3);
        if (words.length < 2
                || !words[0].startsWith("HTTP/1.")
                || !words[1].matches("[1-5]\\d\\d")) {
            throw new IOException("the answer to the handshake is not HTTP");
        }
        var headers = HttpFields.build();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon <= 0) throw new IOException("the answer's head holds a line without a name");
            var name = lines[i].substring(0, colon);
            headers.add(new HttpField(name, lines[i].substring(colon + 1).strip()));
        }
        return new Answer(Integer.parseInt(words[1]), headers);
    }

    private void tunnel(Socket socket, Answer answer, Consumer<Ending> onEnd) throws IOException {
        socket.setSoTimeout(Math.toIntExact(limits.tunnelIdleMax().toMillis()));
        var endPoint = inbound.request().getConnectionMetaData().getConnection().getEndPoint();
        var executor = inbound.request().getComponents().getExecutor();
        var tunnel = new WebSocketTunnel(endPoint, executor, socket, errand.leave(), tunnels);
        var response = inbound.response();
        response.setStatus(SWITCHING);
        HeaderRules.answer(answer.headers(), response.getHeaders());
        response.getHeaders().put(HttpHeader.UPGRADE, "websocket");
        response.getHeaders().put(HttpHeader.CONNECTION, "Upgrade");
        endPoint.setIdleTimeout(limits.tunnelIdleMax().toMillis());
        inbound.request().setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, tunnel);
        inbound.callback().succeeded();
        onEnd.accept(new Ending.Answered(SWITCHING));
    }

    /// The answer's body is not passed on: a handshake's client reads the status only.
    private void refuse(Socket socket, Answer answer, Consumer<Ending> onEnd) {
        close(socket);
        var response = inbound.response();
        response.setStatus(answer.status() < 200 ? 502 : answer.status());
        HeaderRules.answer(answer.headers(), response.getHeaders());
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, "0");
        inbound.callback().succeeded();
        onEnd.accept(new Ending.Answered(answer.status()));
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // It is of no use any more either way.
        }
    }
}
