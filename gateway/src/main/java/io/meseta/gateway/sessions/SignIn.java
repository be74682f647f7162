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

/// Asks the auth-service for tokens (decision 0011).
final class SignIn {

    private static final Logger LOG = LoggerFactory.getLogger(SignIn.class);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
    private static final String SESSIONS = "/auth/v1/sessions";

    private final URI authService;
    private final Supplier<Optional<String>> proof;
    private final JsonMapper mapper;
    private final InstantSource clock;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(ANSWER_MAX)
                    .build();

    /// @param proof that we are the gateway, whose word on addresses counts
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

        record Granted(Tokens tokens) implements Answer {}

        /// The auth-service says no, with a status of 4xx.
        record Refused(int status) implements Answer {}

        record Silent() implements Answer {}
    }

    Answer open(String name, String password, String address) {
        return ask("", Map.of("name", name, "password", password), address);
    }

    Answer refresh(String refreshToken) {
        return ask(":refresh", Map.of("refresh_token", refreshToken), "");
    }

    /// Best effort: what cannot be ended there ends by itself.
    void close(String refreshToken) {
        var body = BodyPublishers.ofByteArray(bytes(Map.of("refresh_token", refreshToken)));
        send(request("/current").method("DELETE", body).build());
    }

    private Answer ask(String path, Map<String, String> body, String address) {
        var request = request(path).POST(BodyPublishers.ofByteArray(bytes(body)));
        if (!address.isEmpty()) {
            request.header(CallerAddress.TOLD, address);
            proof.get().ifPresent(token -> request.header(CallerAddress.PROOF, token));
        }
        var answer = send(request.build());
        if (answer == null) return new Answer.Silent();
        int status = answer.statusCode();
        if (status / 100 == 2) return granted(answer.body());
        return status / 100 == 4 ? new Answer.Refused(status) : new Answer.Silent();
    }

    private HttpRequest.Builder request(String path) {
        var base = authService.toString().replaceFirst("/+$", "");
        return HttpRequest.newBuilder(URI.create(base + SESSIONS + path))
                .timeout(ANSWER_MAX)
                .header("Content-Type", "application/json");
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
            var refresh = json.path("refresh_token").asString("");
            long seconds = json.path("expires_in").asLong(0);
            if (access.isEmpty() || seconds <= 0) return new Answer.Silent();
            var expires = clock.instant().plusSeconds(seconds);
            return new Answer.Granted(new Tokens(access, refresh, expires));
        } catch (JacksonException _) {
            LOG.atError().log("The auth-service's answer is not what was agreed");
            return new Answer.Silent();
        }
    }
}
