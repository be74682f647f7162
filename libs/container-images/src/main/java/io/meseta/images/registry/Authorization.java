package io.meseta.images.registry;

import io.meseta.images.reference.ImageFault;
import io.meseta.images.reference.ImageFault.Kind;
import io.meseta.images.registry.Http.Question;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one pull shows to one host: nothing at first, then what the host asks for.
///
/// Safe for threads: the layers of an image share one token.
final class Authorization {

    private static final int TOKEN_BYTES_MAX = 256 << 10;
    private static final String CLIENT = "meseta";

    private final Http http;
    private final InstantSource clock;
    private final String repository;
    private final Credential credential;
    private @Nullable String shown;
    private Instant shownUntil = Instant.MAX;

    Authorization(Http http, InstantSource clock, String repository, Credential credential) {
        this.http = http;
        this.clock = clock;
        this.repository = repository;
        this.credential = credential;
        if (credential instanceof Credential.RegistryToken(var token)) shown = "Bearer " + token;
    }

    /// The header to send with the next request; null for none.
    // Synchronized, since one answer of a token server serves all layers of a pull.
    synchronized @Nullable String header() {
        return clock.instant().isBefore(shownUntil) ? shown : null;
    }

    /// Does what a 401 asks for. `refused` is the header that was not enough; if another thread has
    /// got a newer one meanwhile, there is nothing to do. False if we have nothing better to show.
    synchronized boolean answer(List<String> challenges, @Nullable String refused, URI asked)
            throws IOException, InterruptedException {
        var current = header();
        if (current != null && !current.equals(refused)) return true;
        var parsed = Challenge.parse(challenges);
        var bearer = Challenge.find(parsed, "bearer");
        if (bearer.isPresent()) {
            if (refused != null
                    && refused.startsWith("Bearer ")
                    && shownUntil.equals(Instant.MAX)) {
                return false;
            }
            return fetch(bearer.get(), asked, refused);
        }
        var isBasic = Challenge.find(parsed, "basic").isPresent();
        if (!isBasic || refused != null) return false;
        if (!(credential instanceof Credential.Password password)) return false;
        shown = password.basic();
        shownUntil = Instant.MAX;
        return true;
    }

    private boolean fetch(Challenge challenge, URI asked, @Nullable String refused)
            throws IOException, InterruptedException {
        var realm = realm(challenge, asked);
        var question = question(realm, challenge);
        try (var answer = http.ask(question)) {
            if (answer.status() == 401 || answer.status() == 403 || answer.status() == 400) {
                return false;
            }
            if (!answer.isGood()) {
                throw new Backoff.Passing(
                        "the token server %s answered %d"
                                .formatted(Http.hostOf(realm), answer.status()),
                        null);
            }
            var token = Token.parse(answer.read(TOKEN_BYTES_MAX, "an answer of the token server"));
            if (token.isEmpty()) return false;
            var header = token.get().header();
            shown = header;
            shownUntil = clock.instant().plus(token.get().life());
            return !header.equals(refused);
        }
    }

    private static URI realm(Challenge challenge, URI asked) {
        try {
            var realm = URI.create(challenge.parameter("realm").orElse(""));
            // Credentials must not travel less protected than the registry itself is.
            var isWorse = "https".equals(asked.getScheme()) && "http".equals(realm.getScheme());
            if (realm.getHost() != null && !isWorse) return realm;
        } catch (IllegalArgumentException _) {
            // Told below.
        }
        throw new ImageFault(
                Kind.UNAUTHORIZED,
                "%s names a token server that we do not ask".formatted(Http.hostOf(asked)));
    }

    private Question question(URI realm, Challenge challenge) {
        var scope = challenge.parameter("scope").orElse("repository:" + repository + ":pull");
        var query = new StringBuilder("scope=").append(encoded(scope));
        challenge
                .parameter("service")
                .ifPresent(service -> query.append("&service=").append(encoded(service)));
        query.append("&client_id=").append(CLIENT);
        if (credential instanceof Credential.IdentityToken(var token)) {
            return new Question(
                    "POST",
                    realm,
                    Map.of("Content-Type", "application/x-www-form-urlencoded"),
                    null,
                    query + "&grant_type=refresh_token&refresh_token=" + encoded(token));
        }
        var separator = realm.getRawQuery() == null ? "?" : "&";
        var question = Question.get(URI.create(realm + separator + query), Map.of());
        return credential instanceof Credential.Password password
                ? question.with(password.basic())
                : question;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
