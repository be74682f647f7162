package io.meseta.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Signing in, with an auth-service that only counts.
final class IdentityTest {

    @TempDir private Path directory;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile int seconds = 600;
    private volatile int status = 200;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/auth/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            var header = exchange.getRequestHeaders().getFirst("Authorization");
            asked.add(exchange.getRequestURI() + " " + header + " " + body);
            int number = count.incrementAndGet();
            var bytes =
                    "{\"access_token\":\"t%d\",\"refresh_token\":\"r%d\",\"expires_in\":%d}"
                            .formatted(number, number, seconds)
                            .getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Test
    void signsAnAccountInOnce() throws IOException {
        var secret = Files.writeString(directory.resolve("secret"), "s:3cret\n");
        var identity = Identity.ofAccount(auth(), "meseta-cli", secret);

        assertThat(identity.authorization()).contains("Bearer t1");
        assertThat(identity.authorization()).contains("Bearer t1");

        var basic = Base64.getEncoder().encodeToString("meseta-cli:s%3A3cret".getBytes(UTF_8));
        assertThat(asked)
                .containsExactly(
                        "/auth/oauth2/token Basic " + basic + " grant_type=client_credentials");
    }

    @Test
    void signsAnAccountInAgainBeforeItsTokenEnds() throws IOException {
        seconds = 30;
        var secret = Files.writeString(directory.resolve("secret"), "s");
        var identity = Identity.ofAccount(auth(), "meseta-cli", secret);

        assertThat(identity.authorization()).contains("Bearer t1");
        assertThat(identity.authorization()).contains("Bearer t2");
    }

    @Test
    void saysThatAnAccountIsRefused() throws IOException {
        status = 401;
        var secret = Files.writeString(directory.resolve("secret"), "s");
        var identity = Identity.ofAccount(auth(), "meseta-cli", secret);

        assertThatThrownBy(identity::authorization)
                .isInstanceOf(ClientFault.class)
                .hasMessageContaining("'meseta-cli' cannot sign in: 401");
    }

    @Test
    void keepsASessionForTheNextCommand() throws IOException {
        var file = directory.resolve("config/session.json");
        Session.signIn(auth(), "ann", "pass\"word", file);

        assertThat(Files.getPosixFilePermissions(file))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Session.in(file).orElseThrow().authorization()).contains("Bearer t1");
        assertThat(asked).hasSize(1).first().asString().contains("pass\\\"word");
    }

    @Test
    void refreshesASessionWithItsNewestToken() {
        seconds = 30;
        var file = directory.resolve("session.json");
        Session.signIn(auth(), "ann", "p", file);

        assertThat(Session.in(file).orElseThrow().authorization()).contains("Bearer t2");
        assertThat(Session.in(file).orElseThrow().authorization()).contains("Bearer t3");

        assertThat(asked)
                .last()
                .asString()
                .startsWith("/auth/v1/sessions:refresh ")
                .contains("\"refresh_token\" : \"r2\"");
    }

    @Test
    void isNobodyWithoutASession() {
        assertThat(Session.in(directory.resolve("none"))).isEmpty();
        assertThat(Identity.nobody().authorization()).isEmpty();
        assertThat(Identity.ofToken("x").toString()).doesNotContain("x]");
    }

    private URI auth() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }
}
