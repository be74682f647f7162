package io.meseta.auth.keys;

import io.meseta.auth.changes.Audited;
import io.meseta.model.Opaque;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A key that signs, from a certain time on.
///
/// @param publicKey in X.509's form (SubjectPublicKeyInfo)
/// @param sealedPrivate in PKCS #8's form, sealed for `key/ID`
/// @param signsFrom before that it is only made known, so that all can check it by then
public record SigningKey(
        String id,
        Purpose purpose,
        Opaque publicKey,
        Opaque sealedPrivate,
        Instant createdAt,
        Instant signsFrom)
        implements Audited {

    @Override
    public String resource() {
        return "keys/" + id;
    }

    @Override
    public SortedMap<String, Object> facts() {
        return new TreeMap<>(Map.of("purpose", purpose.text(), "signs_from", signsFrom.toString()));
    }

    /// Hides the private half, sealed as it is.
    @Override
    public String toString() {
        return "SigningKey[id=%s, purpose=%s, signsFrom=%s]".formatted(id, purpose, signsFrom);
    }
}
