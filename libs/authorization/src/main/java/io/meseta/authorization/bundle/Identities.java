package io.meseta.authorization.bundle;

import io.meseta.model.Opaque;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a service needs to know callers without asking anybody: keys, hashes, and what is no longer
/// good. Keys are in X.509's form (SubjectPublicKeyInfo, DER).
///
/// @param issuer what a token must name as its issuer
/// @param tokenKeys the keys that sign tokens, P-256 each, by key id; several while they rotate
/// @param bundleKeys the keys whose bundles are believed from now on, Ed25519 each, by key id
/// @param verifiers the principals that may present a secret with each request
/// @param revokedTokens token ids that are no longer good, each until it would have expired anyway
/// @param notBefore principals whose tokens are good only if issued at or after that second;
///   [Instant#MAX], as far as seconds go, for one who is locked out
public record Identities(
        String issuer,
        SortedMap<String, Opaque> tokenKeys,
        SortedMap<String, Opaque> bundleKeys,
        SortedMap<String, Verifier> verifiers,
        SortedMap<String, Instant> revokedTokens,
        SortedMap<String, Instant> notBefore) {

    /// Nobody is known.
    public static final Identities NONE =
            new Identities(
                    "",
                    new TreeMap<>(),
                    new TreeMap<>(),
                    new TreeMap<>(),
                    new TreeMap<>(),
                    new TreeMap<>());

    public Identities {
        tokenKeys = Collections.unmodifiableSortedMap(new TreeMap<>(tokenKeys));
        bundleKeys = Collections.unmodifiableSortedMap(new TreeMap<>(bundleKeys));
        verifiers = Collections.unmodifiableSortedMap(new TreeMap<>(verifiers));
        revokedTokens = toTheSecond(revokedTokens);
        notBefore = toTheSecond(notBefore);
    }

    private static SortedMap<String, Instant> toTheSecond(SortedMap<String, Instant> map) {
        var copy = new TreeMap<String, Instant>();
        map.forEach((key, at) -> copy.put(key, Instant.ofEpochSecond(at.getEpochSecond())));
        return Collections.unmodifiableSortedMap(copy);
    }
}
