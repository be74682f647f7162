package io.meseta.benchmarks.connections;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.protobuf.MessageLite;
import io.meseta.benchmarks.placements.Line;
import io.meseta.mesos.recordio.RecordReader;
import io.meseta.wire.agent.AgentCall;
import io.meseta.wire.agent.Heartbeat;
import io.meseta.wire.agent.Hello;
import io.meseta.wire.agent.MasterMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.LocalConnector.LocalEndPoint;
import org.eclipse.jetty.util.BufferUtil;

/// One agent's link by a piece of memory in place of a socket.
final class MemoryLink {

    private static final URI SERVER = URI.create("http://localhost/");
    private static final String LINK = "/api/meseta/v1/agent-link";
    private static final String STREAM = "Meseta-Stream-Id";
    private static final String TYPE = "Content-Type: application/x-protobuf\r\n";
    private static final int RECORD_BYTES_MAX = 1 << 20;
    private static final int OK = 200;
    private static final long WAIT_SECONDS_MAX = 60;

    private final LocalEndPoint end;
    private final byte[] heartbeat;

    private MemoryLink(LocalEndPoint end, String stream) {
        this.end = end;
        this.heartbeat =
                request(
                        STREAM + ": " + stream + "\r\n",
                        AgentCall.newBuilder()
                                .setHeartbeat(Heartbeat.getDefaultInstance())
                                .build());
    }

    /// Says hello and waits until it is welcome.
    static MemoryLink join(LocalConnector connector, Hello hello)
            throws IOException, InterruptedException {
        var call = AgentCall.newBuilder().setHello(hello).build();
        var end = connector.connect();
        end.addInput(ByteBuffer.wrap(request("", call)));
        var said = new ByteArrayOutputStream();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
        while (System.nanoTime() < deadline) {
            var more = end.waitForOutput(1, TimeUnit.SECONDS);
            if (more == null) continue;
            said.writeBytes(BufferUtil.toArray(more));
            try (var line = new Line(new ByteArrayInputStream(said.toByteArray()))) {
                var head = line.head();
                if (head.status() != OK)
                    throw new IllegalStateException(
                            "no link: " + said.toString(ISO_8859_1).lines().findFirst());
                var first = new RecordReader(line.chunks(), RECORD_BYTES_MAX).next();
                if (first.isPresent() && MasterMessage.parseFrom(first.get()).hasWelcome())
                    return new MemoryLink(end, head.headers().get("meseta-stream-id") + "");
            } catch (IOException unfinished) {
                // The rest is still to come.
            }
        }
        throw new IOException("not welcome in time: " + said.toString(ISO_8859_1));
    }

    private static byte[] request(String headers, MessageLite call) {
        return Line.post(LINK, SERVER, TYPE + headers, call.toByteArray());
    }

    /// Says that the agent lives; whether that is heard.
    boolean beat(LocalConnector connector) throws Exception {
        var answer = connector.getResponse(ByteBuffer.wrap(heartbeat));
        return BufferUtil.toString(answer, ISO_8859_1).startsWith("HTTP/1.1 202");
    }

    /// Takes what the master has said since it was last asked.
    ///
    /// @return how many bytes
    int taken() {
        return end.takeOutput().remaining();
    }

    boolean isOpen() {
        return end.isOpen();
    }
}
