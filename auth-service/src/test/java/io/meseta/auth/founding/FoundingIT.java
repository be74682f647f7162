package io.meseta.auth.founding;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.auth.testing.TestAuth;
import io.meseta.testkit.database.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A cluster that begins with nothing but what the command has made.
final class FoundingIT {

    /// So that what expires has not, whenever this runs.
    private static final Instant LATER = Instant.parse("2099-01-01T00:00:00Z");

    private static final String FORM = "application/x-www-form-urlencoded";

    @TempDir Path directory;

    @Test
    void letsInWhoeverHasOneOfTheSecrets()
            throws IOException, InterruptedException, GeneralSecurityException {
        var command =
                new SecretsCommand(
                        () -> LATER,
                        false,
                        new PrintStream(OutputStream.nullOutputStream()),
                        new PrintStream(OutputStream.nullOutputStream()));
        assertThat(command.run(List.of("--out", directory.toString()))).isZero();

        try (var service =
                TestAuth.run(
                        TestDatabase.fresh(),
                        List.of(
                                "--meseta.auth.bootstrap=" + file("auth/bootstrap.json"),
                                "--meseta.auth.seal-file=" + file("auth/seal"),
                                "--meseta.auth.bundle-key-file=" + file("auth/bundle-key.pem")))) {
            var port = TestAuth.port(service);

            assertThat(token(port, "meseta-cli", text("cli/meseta-cli.secret")).statusCode())
                    .isEqualTo(200);
            for (var room : List.of("gateway", "master")) {
                assertThat(token(port, "meseta-" + room, text(room + "/secret")).statusCode())
                        .as(room)
                        .isEqualTo(200);
            }
            assertThat(token(port, "meseta-master", text("gateway/secret")).statusCode())
                    .as("somebody else's")
                    .isEqualTo(401);
            assertThat(signIn(port).statusCode()).isEqualTo(201);
            assertThat(join(port).statusCode()).isEqualTo(201);
        }
    }

    private HttpResponse<String> token(int port, String name, String secret)
            throws IOException, InterruptedException {
        var pair = (name + ":" + secret).getBytes(StandardCharsets.UTF_8);
        var basic = "Basic " + Base64.getEncoder().encodeToString(pair);
        return send(
                request(port, "/auth/oauth2/token", FORM, "grant_type=client_credentials")
                        .header("Authorization", basic));
    }

    private HttpResponse<String> signIn(int port) throws IOException, InterruptedException {
        var body =
                "{\"name\": \"%s\", \"password\": \"%s\"}"
                        .formatted(text("administrator/name"), text("administrator/password"));
        return send(request(port, "/auth/v1/sessions", "application/json", body));
    }

    private HttpResponse<String> join(int port)
            throws IOException, InterruptedException, GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        var key = generator.generateKeyPair().getPublic().getEncoded();
        var body =
                "{\"join_token\": \"%s\", \"public_key\": \"%s\", \"hostname\": \"node\"}"
                        .formatted(
                                text("agent/join-token"), Base64.getEncoder().encodeToString(key));
        return send(request(port, "/auth/v1/agents:join", "application/json", body));
    }

    private static HttpRequest.Builder request(int port, String path, String type, String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    private String text(String name) throws IOException {
        return Files.readString(file(name)).strip();
    }
}
