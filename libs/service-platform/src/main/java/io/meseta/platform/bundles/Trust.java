package io.meseta.platform.bundles;

import io.meseta.authorization.bundle.TrustedKeys;
import io.meseta.model.Opaque;
import io.meseta.platform.start.StartRefused;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The keys whose bundles are believed, as lines of text: `KEY-ID BASE64`.
final class Trust {

    static final int FILE_BYTES_MAX = 64 * 1024;

    private static final String ALGORITHM = "Ed25519";

    private Trust() {}

    /// Reads a trust file. Empty lines, and lines that begin with `#`, say nothing.
    ///
    /// @param where the file's name, for complaints
    static TrustedKeys parse(String text, String where) {
        var keys = new TreeMap<String, PublicKey>();
        for (var line : text.lines().map(String::strip).toList()) {
            if (line.isEmpty() || line.startsWith("#")) continue;
            var words = line.split("\\s+", -1);
            var key = words.length == 2 ? key(words[1]) : Optional.<PublicKey>empty();
            if (key.isEmpty()) {
                throw new StartRefused(
                        where + ": each line is a key's name and its Ed25519 key in base64.");
            }
            keys.put(words[0], key.get());
        }
        if (keys.isEmpty()) throw new StartRefused(where + " names no key.");
        return TrustedKeys.of(keys);
    }

    static String print(TrustedKeys keys) {
        var text = new StringBuilder();
        keys.byId()
                .forEach((id, key) ->
                        text.append(id)
                                .append(' ')
                                .append(Base64.getEncoder().encodeToString(key.getEncoded()))
                                .append('\n'));
        return text.toString();
    }

    /// The keys that a bundle names as its successors'; empty if it names none that we can read.
    static Optional<TrustedKeys> successors(Map<String, Opaque> named) {
        var keys = new TreeMap<String, PublicKey>();
        named.forEach((id, bytes) -> key(bytes.asBytes()).ifPresent(key -> keys.put(id, key)));
        return keys.isEmpty() ? Optional.empty() : Optional.of(TrustedKeys.of(keys));
    }

    private static Optional<PublicKey> key(String base64) {
        try {
            return key(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Optional<PublicKey> key(byte[] spki) {
        try {
            return Optional.of(
                    KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(spki)));
        } catch (GeneralSecurityException _) {
            return Optional.empty();
        }
    }
}
