package io.meseta.client;

import io.meseta.client.json.Json;
import io.meseta.client.json.MalformedJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/// Asks the auth-service, rarely: a client for each call.
final class AuthCalls {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int ANSWER_BYTES_MAX = 64 * 1024;

    private AuthCalls() {}

    static URI at(URI auth, String path) {
        return URI.create(auth.toString().replaceFirst("/+$", "") + path);
    }

    /// The answer to a POST, which must be of the 200 kind.
    ///
    /// @param who for complaints
    static Json post(URI address, Map<String, String> headers, String body, String who) {
        try (var http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
            var request = HttpRequest.newBuilder(address).timeout(TIMEOUT);
            headers.forEach(request::header);
            request.POST(BodyPublishers.ofString(body));
            var whole = BodyHandlers.limiting(BodyHandlers.ofString(), ANSWER_BYTES_MAX);
            var answer = http.send(request.build(), whole);
            if (answer.statusCode() / 100 != 2) {
                throw new ClientFault.Garbled(
                        address, "'%s' cannot sign in: %d".formatted(who, answer.statusCode()));
            }
            return Json.parse(answer.body());
        } catch (MalformedJson _) {
            throw new ClientFault.Garbled(address, "no JSON");
        } catch (IOException failure) {
            throw new ClientFault.Unreachable(address, String.valueOf(failure), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ClientFault.Unreachable(address, "interrupted", interrupted);
        }
    }
}
