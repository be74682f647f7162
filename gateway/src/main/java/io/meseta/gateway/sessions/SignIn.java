package io.meseta.gateway.sessions;

import io.meseta.platform.access.CallerAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Asks the auth-service for users' access tokens, as a gateway (decision 0011).
final class SignIn {

    private static final Logger LOG = LoggerFactory.getLogger(SignIn.class);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
    private static final String KEY = "session_key";
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final String SESSIONS = "/auth/v1/browser-sessions";

    private final URI authService;
    private final Supplier<Optional<String>> proof;
    private final JsonMapper mapper;
    private final InstantSource clock;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(ANSWER_MAX)
                    .build();

    /// @param proof that we are a gateway: only one may ask, and its word on addresses counts
    SignIn(
            URI authService,
            Supplier<Optional<String>> proof,
            JsonMapper mapper,
            InstantSource clock) {
        this.authService = authService;
        this.proof = proof;
        this.mapper = mapper;
        this.clock = clock;
    }

    sealed interface Answer {

        /// @param key what the browser keeps
        record Granted(Access access, String key) implements Answer {

            /// Hides the key: texts end up in logs.
            @Override
            public String toString() {
                return "Granted[access=" + access + "]";
            }
        }

        /// The auth-service knows no such user or session, or was asked too often.
        record Refused(int status) implements Answer {}

        record Silent() implements Answer {}
    }

    Answer open(String name, String password, String address) {
        return ask("", Map.of("name", name, "password", password), address);
    }

    Answer access(String key, String address) {
        return ask(":access", Map.of(KEY, key), address);
    }

    /// Best effort: what cannot be ended there ends by itself.
    void close(String key, String address) {
        var body = BodyPublishers.ofByteArray(bytes(Map.of(KEY, key)));
        send(request("/current", address).method("DELETE", body).build());
    }

    private Answer ask(String path, Map<String, String> body, String address) {
        var request = request(path, address).POST(BodyPublishers.ofByteArray(bytes(body)));
        var answer = send(request.build());
        if (answer == null) return new Answer.Silent();
        int status = answer.statusCode();
        if (status / 100 == 2) return granted(answer.body());
        if (status == NOT_FOUND || status == TOO_MANY) return new Answer.Refused(status);
        // That we may not ask, say, tells nothing of the user.
        LOG.atWarn().addKeyValue("status", status).log("The auth-service does not say who that is");
        return new Answer.Silent();
    }

    private HttpRequest.Builder request(String path, String address) {
        var base = authService.toString().replaceFirst("/+$", "");
        var request =
                HttpRequest.newBuilder(URI.create(base + SESSIONS + path))
                        .timeout(ANSWER_MAX)
                        .header("Content-Type", "application/json")
                        .header(CallerAddress.TOLD, address);
        proof.get()
                .ifPresent(token ->
                        request.header("Authorization", token).header(CallerAddress.PROOF, token));
        return request;
    }

    private byte[] bytes(Map<String, String> body) {
        return mapper.writeValueAsBytes(body);
    }

    private @Nullable HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException silent) {
            LOG.atWarn()
                    .addKeyValue("cause", silent.toString())
                    .log("The auth-service does not answer");
            return null;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private Answer granted(String body) {
        try {
            var json = mapper.readTree(body);
            var access = json.path("access_token").asString("");
            var key = json.path(KEY).asString("");
            long seconds = json.path("expires_in").asLong(0);
            if (access.isEmpty() || key.isEmpty() || seconds <= 0) return new Answer.Silent();
            var expires = clock.instant().plusSeconds(seconds);
            return new Answer.Granted(new Access(access, expires), key);
        } catch (JacksonException _) {
            LOG.atError().log("The auth-service's answer is not what was agreed");
            return new Answer.Silent();
        }
    }
}
