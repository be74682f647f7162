package io.meseta.platform.credentials;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The auth-service as far as this room needs it: asked for a token, and asked to be let in.
final class AuthDoor {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int ANSWER_BYTES_MAX = 64 * 1024;
    private static final long LIFE_SECONDS_MAX = Duration.ofDays(2).toSeconds();
    private static final int WORDS_MAX = 300;
    private static final int SERVER_ERRORS = 500;

    private final AuthProperties auth;
    private final HttpClient http;
    private final JsonMapper mapper;
    private final InstantSource clock;

    AuthDoor(AuthProperties auth, HttpClient http, JsonMapper mapper, InstantSource clock) {
        this.auth = auth;
        this.http = http;
        this.mapper = mapper;
        this.clock = clock;
    }

    URI tokenAddress() {
        return auth.at("/auth/oauth2/token");
    }

    InstantSource clock() {
        return clock;
    }

    Grant token(String form, Optional<String> authorization) {
        var asked = clock.instant();
        var request =
                HttpRequest.newBuilder(tokenAddress())
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Accept", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(form));
        authorization.ifPresent(header -> request.header("Authorization", header));
        var answer = send(request.build(), 200);
        var token = answer.path("access_token").asString("");
        long seconds = answer.path("expires_in").asLong(0);
        if (token.isEmpty() || seconds <= 0) {
            throw new CredentialFault("The auth-service's answer holds no token");
        }
        return new Grant(token, asked, asked.plusSeconds(Math.min(seconds, LIFE_SECONDS_MAX)));
    }

    /// @return the principal that the key has from now on
    String join(String joinToken, String publicKey, String hostname) {
        var body = mapper.createObjectNode();
        body.put("join_token", joinToken);
        body.put("public_key", publicKey);
        body.put("hostname", hostname);
        var request =
                HttpRequest.newBuilder(auth.at("/auth/v1/agents:join"))
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(mapper.writeValueAsString(body)))
                        .build();
        var principal = send(request, 201).path("principal").asString("");
        if (principal.isEmpty()) {
            throw new CredentialFault("The auth-service's answer names no principal");
        }
        return principal;
    }

    private JsonNode send(HttpRequest request, int wanted) {
        try {
            var body = BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX);
            var answer = http.send(request, body);
            if (answer.statusCode() != wanted) throw refused(request, answer);
            return mapper.readTree(answer.body());
        } catch (JacksonException malformed) {
            throw new CredentialFault("The auth-service's answer is no JSON", malformed);
        } catch (IOException failure) {
            throw CredentialFault.away("No answer from " + request.uri(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CredentialFault("Interrupted while waiting for a token", interrupted);
        }
    }

    private CredentialFault refused(HttpRequest request, HttpResponse<byte[]> answer) {
        var words = words(answer.body());
        var message =
                "%s answered %d%s"
                        .formatted(
                                request.uri(),
                                answer.statusCode(),
                                words.isEmpty() ? "" : ": " + words);
        // So does whoever stands before it while it is away.
        return answer.statusCode() >= SERVER_ERRORS
                ? CredentialFault.away(message, null)
                : new CredentialFault(message);
    }

    /// What an OAuth error or a problem document says for people.
    private String words(byte[] body) {
        try {
            var tree = mapper.readTree(body);
            for (var field : new String[] {"error_description", "detail", "error", "title"}) {
                var text = tree.path(field).asString("");
                if (!text.isEmpty()) return text.substring(0, Math.min(text.length(), WORDS_MAX));
            }
            return "";
        } catch (JacksonException _) {
            return "";
        }
    }
}
