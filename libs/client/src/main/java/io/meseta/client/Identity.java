package io.meseta.client;

import io.meseta.client.json.Json;
import io.meseta.client.json.MalformedJson;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Who we are to a cluster. Safe to share between threads.
public sealed interface Identity {

    /// The value for an Authorization header; empty for nobody. May wait for the auth-service.
    ///
    /// @throws ClientFault if we cannot sign in
    Optional<String> authorization();

    /// Nobody: for a cluster that is open to everyone on its machine.
    static Identity nobody() {
        return new Nobody();
    }

    /// Whoever this token says.
    static Identity ofToken(String token) {
        return new Bearer(token);
    }

    /// A service account whose secret lies in a file; it signs in when it must, and again before
    /// its token ends.
    ///
    /// @param auth where the auth-service answers
    static Identity ofAccount(URI auth, String name, Path secretFile) {
        return new Account(auth, name, secretFile, InstantSource.system());
    }

    /// See [#nobody].
    record Nobody() implements Identity {
        @Override
        public Optional<String> authorization() {
            return Optional.empty();
        }
    }

    /// See [#ofToken].
    record Bearer(String token) implements Identity {
        @Override
        public Optional<String> authorization() {
            return Optional.of("Bearer " + token);
        }

        /// Hides the token: texts end up in logs.
        @Override
        public String toString() {
            return "Bearer[token=(hidden)]";
        }
    }

    /// See [#ofAccount].
    final class Account implements Identity {

        private static final Duration TIMEOUT = Duration.ofSeconds(10);
        private static final int SECRET_BYTES_MAX = 4096;
        private static final int ANSWER_BYTES_MAX = 64 * 1024;

        /// So long before its end a token is exchanged.
        private static final Duration SPARE = Duration.ofSeconds(60);

        private final URI address;
        private final String name;
        private final Path secretFile;
        private final InstantSource clock;
        private final ReentrantLock lock = new ReentrantLock();
        private String token = "";
        private Instant until = Instant.MIN;

        private Account(URI auth, String name, Path secretFile, InstantSource clock) {
            this.address =
                    URI.create(auth.toString().replaceFirst("/+$", "") + "/auth/oauth2/token");
            this.name = name;
            this.secretFile = secretFile;
            this.clock = clock;
        }

        @Override
        public Optional<String> authorization() {
            lock.lock();
            try {
                var now = clock.instant();
                if (!now.isBefore(until)) signIn(now);
                return Optional.of("Bearer " + token);
            } finally {
                lock.unlock();
            }
        }

        private void signIn(Instant now) {
            var answer = ask();
            token =
                    answer.textOf("access_token")
                            .orElseThrow(() -> new ClientFault.Garbled(address, "no token"));
            until = now.plusSeconds(answer.longOf("expires_in").orElse(0L)).minus(SPARE);
        }

        private Json ask() {
            try (var http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
                var request =
                        HttpRequest.newBuilder(address)
                                .timeout(TIMEOUT)
                                .header("Authorization", basic())
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("grant_type=client_credentials"))
                                .build();
                var body = BodyHandlers.limiting(BodyHandlers.ofString(), ANSWER_BYTES_MAX);
                var answer = http.send(request, body);
                if (answer.statusCode() != 200) {
                    throw new ClientFault.Garbled(
                            address,
                            "'%s' cannot sign in: %d".formatted(name, answer.statusCode()));
                }
                return Json.parse(answer.body());
            } catch (MalformedJson malformed) {
                throw new ClientFault.Garbled(address, "no JSON");
            } catch (IOException failure) {
                throw new ClientFault.Unreachable(address, String.valueOf(failure), failure);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new ClientFault.Unreachable(address, "interrupted", interrupted);
            }
        }

        /// RFC 6749, 2.3.1: both halves are form-encoded first.
        private String basic() throws IOException {
            if (Files.size(secretFile) > SECRET_BYTES_MAX) {
                throw new IOException(secretFile + " holds no secret");
            }
            var secret = Files.readString(secretFile).strip();
            var pair = encoded(name) + ":" + encoded(secret);
            return "Basic "
                    + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }
}
