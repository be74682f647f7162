package io.meseta.images.registry;

import io.meseta.images.json.Json;
import java.time.Duration;
import java.util.Optional;

/// What a token server has given us to show.
///
/// @param header the whole value of `Authorization`
/// @param life for how long to show it, from a minute to a day: less would be asked for again with
///   each layer, and nobody's word is good for ever
record Token(String header, Duration life) {

    private static final Duration LIFE_MIN = Duration.ofSeconds(60);
    private static final Duration LIFE_MAX = Duration.ofDays(1);

    /// Reads a token server's answer; empty where it holds no token that can be shown.
    static Optional<Token> parse(byte[] answer) {
        var json = Json.object(answer, "the token server's answer");
        long seconds = json.number("expires_in").orElse(0);
        long said = Math.clamp(seconds, LIFE_MIN.toSeconds(), LIFE_MAX.toSeconds());
        // A tenth early, so that a token does not die on its way.
        var life = Duration.ofSeconds(said).multipliedBy(9).dividedBy(10);
        return text(json).map(text -> new Token("Bearer " + text, life));
    }

    /// A token that could end a header line is none.
    private static Optional<String> text(Json.Members json) {
        return json.text("token")
                .filter(text -> !text.isEmpty())
                .or(() -> json.text("access_token"))
                .filter(text -> !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f));
    }

    /// Without the secret.
    @Override
    public String toString() {
        return "Token[life=" + life + "]";
    }
}
