package io.meseta.authorization.bundle;

import java.security.PublicKey;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The keys whose bundles are believed, by name. While a key is rotated, there are two.
public record TrustedKeys(SortedMap<String, PublicKey> byId) {

    public TrustedKeys {
        byId = Collections.unmodifiableSortedMap(new TreeMap<>(byId));
    }

    public static TrustedKeys of(Map<String, PublicKey> byId) {
        return new TrustedKeys(new TreeMap<>(byId));
    }

    public Optional<PublicKey> find(String keyId) {
        return Optional.ofNullable(byId.get(keyId));
    }
}
