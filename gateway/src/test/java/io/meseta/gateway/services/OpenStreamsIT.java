package io.meseta.gateway.services;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.authorization.SubjectKind;
import io.meseta.gateway.catalogue.CatalogueFollower;
import io.meseta.gateway.forwarding.Forwarder;
import io.meseta.gateway.testing.RawLine;
import io.meseta.gateway.testing.StandInInstance;
import io.meseta.gateway.testing.StandInMaster;
import io.meseta.gateway.testing.TestGateway;
import io.meseta.platform.testing.AuthStandIn;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of streams that are open when their callers may open them no more.
final class OpenStreamsIT {

    private static final String EVENTS = "/services/web/events";
    private static final String SLOW = "/services/web/slow";
    private static final String LAST_CHUNK = "0\r\n\r\n";
    private static final String ROOM = "/services/chat/room";

    private final AuthStandIn auth = new AuthStandIn();
    private final StandInMaster master = new StandInMaster();
    private final StandInInstance web = new StandInInstance("web");
    private final CountDownLatch end = new CountDownLatch(1);
    private final CountDownLatch asked = new CountDownLatch(1);
    private ServerSocket chat;
    private TestGateway gateway;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        chat = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::acceptHandshakes);
        web.on(
                "/events",
                exchange -> {
                    try (exchange) {
                        exchange.sendResponseHeaders(200, 0);
                        exchange.getResponseBody().write("begun".getBytes(UTF_8));
                        exchange.getResponseBody().flush();
                        awaitEnd();
                    }
                });
        web.on(
                "/slow",
                exchange -> {
                    try (exchange) {
                        asked.countDown();
                        awaitEnd();
                    }
                });
        master.tell(
                StandInInstance.snapshot(
                        1,
                        web.task("web"),
                        StandInInstance.task("chat", chat.getLocalPort(), "http")));
        auth.add(SubjectKind.USER, "ann").add(SubjectKind.USER, "bob");
        allow("ann", "bob");
        var settings = new ArrayList<>(auth.settings(directory, "meseta-gateway"));
        auth.publish();
        settings.add("--meseta.gateway.masters=" + master.address());
        gateway = TestGateway.start(settings);
        var catalogue = gateway.bean(CatalogueFollower.class);
        Await.shortly()
                .until("the services are known", () -> catalogue.current().services().size() == 2);
        Await.shortly().until("ann and bob are let in", () -> isLetIn("ann") && isLetIn("bob"));
    }

    @AfterEach
    void stop() throws IOException {
        end.countDown();
        gateway.close();
        master.close();
        web.close();
        chat.close();
        auth.close();
    }

    private boolean isLetIn(String who) throws IOException {
        try (var line = ask("/services/web/", who)) {
            return line.head().startsWith("HTTP/1.1 200 ");
        }
    }

    private void awaitEnd() {
        try {
            end.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void allow(String... principals) {
        auth.book()
                .policy(
                        "shop",
                        """
                        policy: shop
                        rules:
                          - id: some-call
                            effect: allow
                            subjects: {principals: [%s]}
                            actions: CALL_SERVICE
                        """
                                .formatted(String.join(", ", principals)));
    }

    @Test
    void endWhenTheRulesRefuseThemAndNoOthersDo() throws Exception {
        try (var events = begin(EVENTS, "ann");
                var room = join("ann");
                var others = begin(EVENTS, "bob");
                var othersRoom = join("bob")) {
            allow("bob");
            auth.publish();

            assertThat(rest(events)).doesNotEndWith(LAST_CHUNK);
            assertThat(rest(room)).isEmpty();
            assertThat(gateway.bean(Forwarder.class).tunnels()).isEqualTo(1);
            assertThat(othersRoom.say("still here").until("still here")).isEqualTo("still here");
            end.countDown();
            assertThat(others.until(LAST_CHUNK)).endsWith(LAST_CHUNK);
        }
    }

    @Test
    void endWhenTheCallerIsRevoked() throws Exception {
        try (var events = begin(EVENTS, "ann");
                var room = join("ann")) {
            auth.book().remove("ann");
            auth.publish();

            assertThat(rest(events)).doesNotEndWith(LAST_CHUNK);
            assertThat(rest(room)).isEmpty();
        }
    }

    @Test
    void areRefusedIfNoAnswerHasBegun() throws Exception {
        try (var line = ask(SLOW, "ann")) {
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            allow("bob");
            auth.publish();

            assertThat(line.head()).startsWith("HTTP/1.1 403 ");
        }
    }

    /// All until the connection ends, however it does.
    private static String rest(RawLine line) throws IOException {
        try {
            return line.until("never said");
        } catch (SocketException _) {
            return "";
        }
    }

    private RawLine begin(String path, String who) throws IOException {
        var line = ask(path, who);
        assertThat(line.head()).startsWith("HTTP/1.1 200 ");
        line.until("begun");
        return line;
    }

    private RawLine ask(String path, String who, String... more) throws IOException {
        var lines = new ArrayList<>(List.of("GET " + path + " HTTP/1.1", "Host: localhost"));
        lines.add("Authorization: " + auth.bearer(who));
        lines.addAll(List.of(more));
        lines.addAll(List.of("", ""));
        return new RawLine(gateway.port()).say(String.join("\r\n", lines));
    }

    private RawLine join(String who) throws IOException {
        var line =
                ask(
                        ROOM,
                        who,
                        "Connection: Upgrade",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: abc");
        assertThat(line.head()).startsWith("HTTP/1.1 101 ");
        assertThat(line.say("hello").until("hello")).isEqualTo("hello");
        return line;
    }

    private void acceptHandshakes() {
        try {
            while (true) {
                var peer = chat.accept();
                Thread.ofVirtual().start(() -> echo(peer));
            }
        } catch (IOException _) {
            // The test is over.
        }
    }

    private static void echo(Socket peer) {
        try (peer) {
            var in = peer.getInputStream();
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) head.append((char) in.read());
            var out = peer.getOutputStream();
            var accepted =
                    List.of(
                            "HTTP/1.1 101 Switching Protocols",
                            "Upgrade: websocket",
                            "Connection: Upgrade",
                            "",
                            "");
            out.write(String.join("\r\n", accepted).getBytes(UTF_8));
            for (int next; (next = in.read()) >= 0; ) out.write(next);
        } catch (IOException _) {
            // The caller has left.
        }
    }
}
