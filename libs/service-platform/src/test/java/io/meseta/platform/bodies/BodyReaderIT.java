package io.meseta.platform.bodies;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.platform.RawClient;
import io.meseta.platform.TestApplication;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Bodies read by a route that takes at most 1 MiB in at most two seconds.
final class BodyReaderIT {

    private static final int MAX = 1 << 20;

    private static TestApplication.Running service;

    @BeforeAll
    static void start() {
        service = TestApplication.start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void readsABodyWithALength() throws IOException {
        assertThat(ask("Content-Length: 5\n", "hello")).contains(" 200 ").endsWith("got 5");
    }

    @Test
    void readsNoBodyAsAnEmptyOne() throws IOException {
        assertThat(ask("", "")).contains(" 200 ").endsWith("got 0");
    }

    @Test
    void readsAChunkedBody() throws IOException {
        assertThat(ask("Transfer-Encoding: chunked\n", "5\nhello\n3;x=y\nyou\n0\n\n"))
                .contains(" 200 ")
                .endsWith("got 8");
    }

    @Test
    void readsACompressedBody() throws IOException {
        assertThat(gzip(new byte[100_000])).contains(" 200 ").endsWith("got 100000");
    }

    @Test
    void refusesABodyThatInflatesTooFar() throws IOException {
        assertThat(gzip(new byte[64 * MAX])).contains(" 413 ");
    }

    @Test
    void takesABodyOfExactlyTheLimitAndNotAByteMore() throws IOException {
        var full = "x".repeat(MAX);

        assertThat(ask("Content-Length: " + MAX + "\n", full)).endsWith("got " + MAX);
        assertThat(ask("Content-Length: " + (MAX + 1) + "\n", full + "x")).contains(" 413 ");
        assertThat(chunked(full)).endsWith("got " + MAX);
        assertThat(chunked(full + "x")).contains(" 413 ");
    }

    @Test
    void invitesABodyThatWaitsToBeInvited() throws IOException {
        try (var client = new RawClient(service.port())) {
            client.say(head("Content-Length: 5\nExpect: 100-continue\n"));
            assertThat(client.hearUntil("\r\n\r\n")).startsWith("HTTP/1.1 100 ");

            client.say("hello");

            assertThat(client.hear()).startsWith("HTTP/1.1 200 ").endsWith("got 5");
        }
    }

    @Test
    void doesNotInviteABodyThatIsTooLong() throws IOException {
        assertThat(ask("Content-Length: 9999999\nExpect: 100-continue\n", ""))
                .startsWith("HTTP/1.1 413 ");
    }

    @Test
    void saysThatTheConnectionEndsWhereItRefusesWhatHasNotComeYet() throws IOException {
        var head = "POST /nowhere HTTP/1.1\nHost: localhost\nContent-Length: 5\n\n";
        try (var client = new RawClient(service.port())) {
            assertThat(client.say(head).hear()).contains(" 404 ").contains("Connection: close");
        }
    }

    @Test
    void keepsTheConnectionWhereItRefusesWhatHasCome() throws IOException {
        var refused = "POST /nowhere HTTP/1.1\nHost: localhost\nContent-Length: 5\n\nhello";
        try (var client = new RawClient(service.port())) {
            client.say(refused + head("Content-Length: 3\n") + "you");

            assertThat(client.hear()).contains(" 404 ").contains(" 200 ").endsWith("got 3");
        }
    }

    @Test
    void refusesAnEncodingItDoesNotKnow() throws IOException {
        assertThat(ask("Content-Length: 1\nContent-Encoding: br\n", "x")).contains(" 415 ");
    }

    @Test
    void refusesWhatOnlyClaimsToBeCompressed() throws IOException {
        assertThat(ask("Content-Length: 5\nContent-Encoding: gzip\n", "hello"))
                .contains(" 400 ")
                .endsWith("not what gzip makes.");
    }

    @Test
    void refusesACompressedBodyCutShort() throws IOException {
        var whole = compressed(new byte[100_000]);
        var head = head("Content-Length: " + whole.length / 2 + "\nContent-Encoding: gzip\n");

        try (var client = new RawClient(service.port())) {
            client.say(head).send(Arrays.copyOf(whole, whole.length / 2));

            assertThat(client.hear()).contains(" 400 ").endsWith("ends too early.");
        }
    }

    @Test
    void refusesAMalformedChunk() throws IOException {
        assertThat(ask("Transfer-Encoding: chunked\n", "zz\nhello\n")).contains(" 400 ");
    }

    @Test
    void givesUpOnABodyThatTrickles() throws Exception {
        try (var client = new RawClient(service.port())) {
            client.say(head("Content-Length: 1000\n"));
            var trickle =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    for (int i = 0; i < 100; i++) {
                                        client.say("x");
                                        LockSupport.parkNanos(100_000_000);
                                    }
                                } catch (IOException _) {
                                    // The service has given up, as it should.
                                }
                            });

            assertThat(client.hear()).contains(" 400 ").endsWith("longer than 2 s.");
            trickle.join();
        }
    }

    private static String chunked(String body) throws IOException {
        var chunk = Integer.toHexString(body.length()) + "\n" + body + "\n0\n\n";
        return ask("Transfer-Encoding: chunked\n", chunk);
    }

    private static String gzip(byte[] body) throws IOException {
        var compressed = compressed(body);
        try (var client = new RawClient(service.port())) {
            client.say(head("Content-Length: " + compressed.length + "\nContent-Encoding: gzip\n"))
                    .sendUntilRefused(compressed);
            return client.hear();
        }
    }

    private static byte[] compressed(byte[] body) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        }
        return bytes.toByteArray();
    }

    private static String head(String head) {
        return "POST /api/v1 HTTP/1.1\nHost: localhost\nConnection: close\n" + head + "\n";
    }

    private static String ask(String head, String body) throws IOException {
        try (var client = new RawClient(service.port())) {
            var bytes = body.replace("\n", "\r\n").getBytes(ISO_8859_1);
            client.say(head(head)).sendUntilRefused(bytes);
            return client.hear();
        }
    }
}
