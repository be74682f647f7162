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
import java.time.Duration;
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
    private URI address;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/auth/", this::answer);
        server.start();
        address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
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
    void keepsAnAccountsTokenForCommandsThatFindNobodyToAsk() throws IOException {
        assertThat(account("meseta-cli").authorization()).contains("Bearer t1");
        server.stop(0);

        assertThat(account("meseta-cli").authorization()).contains("Bearer t1");

        assertThatThrownBy(account("another")::authorization).isInstanceOf(ClientFault.class);
        for (var file : tokens()) {
            assertThat(Files.getPosixFilePermissions(file))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
        assertThat(tokens()).hasSize(1);
    }

    @Test
    void usesATokenToItsEndWhileNobodyGivesANewOne() throws IOException {
        seconds = 30;
        assertThat(account("meseta-cli").authorization()).contains("Bearer t1");
        server.stop(0);

        assertThat(account("meseta-cli").authorization()).contains("Bearer t1");
    }

    @Test
    void usesNoTokenThatHasEndedOrIsNone() throws IOException {
        seconds = 0;
        assertThat(account("meseta-cli").authorization()).contains("Bearer t1");
        assertThat(account("meseta-cli").authorization()).contains("Bearer t2");

        seconds = 600;
        for (var file : tokens()) Files.writeString(file, "{\"access_token\":\"x\"");
        assertThat(account("meseta-cli").authorization()).contains("Bearer t3");
    }

    @Test
    void forgetsATokenThatIsRefused() throws IOException {
        var first = account("meseta-cli");
        var refused = first.authorization().orElseThrow();

        assertThat(first.forget(refused)).isTrue();

        assertThat(first.authorization()).contains("Bearer t2");
        assertThat(account("meseta-cli").authorization()).contains("Bearer t2");
        assertThat(Identity.ofToken("x").forget("Bearer x")).isFalse();
    }

    @Test
    void asksAgainOnceForATokenThatIsRefused() throws IOException {
        server.createContext(
                "/state",
                exchange -> {
                    try (exchange) {
                        var header = exchange.getRequestHeaders().getFirst("Authorization");
                        asked.add("state " + header);
                        exchange.sendResponseHeaders("Bearer t2".equals(header) ? 204 : 401, -1);
                    }
                });
        var question = Http.Outgoing.get(auth().resolve("/state"));
        try (var http = new Http(Duration.ofSeconds(5), account("meseta-cli"))) {
            assertThat(http.whole(question, 10).status()).isEqualTo(204);
        }
        try (var http = new Http(Duration.ofSeconds(5), account("another"))) {
            assertThatThrownBy(() -> http.whole(question, 10))
                    .isInstanceOfSatisfying(
                            ClientFault.Rejected.class,
                            no -> assertThat(no.status()).isEqualTo(401));
        }

        assertThat(asked)
                .filteredOn(line -> line.startsWith("state"))
                .containsExactly(
                        "state Bearer t1", "state Bearer t2", "state Bearer t3", "state Bearer t4");
    }

    @Test
    void usesASessionToItsEndWhileNobodyRefreshesIt() {
        seconds = 30;
        var file = directory.resolve("session.json");
        Session.signIn(auth(), "ann", "p", file);
        server.stop(0);

        assertThat(Session.in(file).orElseThrow().authorization()).contains("Bearer t1");
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

    /// As each command makes it anew.
    private Identity account(String name) throws IOException {
        var secret = Files.writeString(directory.resolve("secret"), "s");
        return Identity.ofAccount(address, name, secret, directory);
    }

    private List<Path> tokens() throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("token-"))
                    .toList();
        }
    }

    private URI auth() {
        return address;
    }
}
