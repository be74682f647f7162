package io.meseta.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meseta.client.json.Json;
import io.meseta.client.json.Json.JsonObject;
import io.meseta.client.json.MalformedJson;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// A token kept from one command to the next, in a file of its server and principal.
///
/// It saves asking, no more: what cannot be read is not there, and what cannot be written is asked
/// for again.
///
/// @param directory only we may enter it
record TokenFile(Path directory, URI server, String principal) {

    private static final int NAME_BYTES = 8;

    /// @param ends when it is of no more use
    record Token(String text, Instant ends) {

        String header() {
            return "Bearer " + text;
        }

        /// Hides the token: texts end up in logs.
        @Override
        public String toString() {
            return "Token[text=(hidden), ends=" + ends + "]";
        }
    }

    Optional<Token> read() {
        try {
            return tokenIn(Json.parse(PrivateFile.read(file())));
        } catch (IOException | MalformedJson _) {
            return Optional.empty();
        }
    }

    private Optional<Token> tokenIn(Json kept) {
        // Two names might share a hash.
        boolean isOurs =
                kept.textOf("server").filter(server.toString()::equals).isPresent()
                        && kept.textOf("principal").filter(principal::equals).isPresent();
        if (!isOurs) return Optional.empty();
        var ends = Instant.ofEpochSecond(kept.longOf("expires_at").orElse(0L));
        return kept.textOf("access_token").map(text -> new Token(text, ends));
    }

    void keep(Token token) {
        var kept =
                new JsonObject(
                        Map.of(
                                "server", Json.text(server.toString()),
                                "principal", Json.text(principal),
                                "access_token", Json.text(token.text()),
                                "expires_at", Json.number(token.ends().getEpochSecond())));
        try {
            PrivateFile.write(file(), kept.print());
        } catch (IOException _) {
            // Somebody else's directory, or a full disk: the next command asks again.
        }
    }

    void forget() {
        try {
            Files.deleteIfExists(file());
        } catch (IOException _) {
            // It is refused again then, which costs a question.
        }
    }

    private Path file() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var hash = digest.digest((server + "\n" + principal).getBytes(UTF_8));
            var name = HexFormat.of().formatHex(hash, 0, NAME_BYTES);
            return directory.resolve("token-" + name + ".json");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this JDK has no SHA-256", missing);
        }
    }
}
