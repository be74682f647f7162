package io.meseta.auth.bundles;

import io.meseta.auth.accounts.Account;
import io.meseta.auth.accounts.Group;
import io.meseta.auth.keys.SigningKey;
import io.meseta.authorization.Groups;
import io.meseta.authorization.bundle.Bundle;
import io.meseta.authorization.bundle.Identities;
import io.meseta.authorization.bundle.Verifier;
import io.meseta.model.Opaque;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/// All that a bundle is made of, as of one moment.
///
/// @param policies texts by names
/// @param tokenKeys those that are believed now
/// @param bundleKeys those that are believed from now on
public record BundleContent(
        String issuer,
        SortedMap<String, String> policies,
        List<Group> groups,
        List<Account> accounts,
        List<SigningKey> tokenKeys,
        List<SigningKey> bundleKeys,
        SortedMap<String, Instant> revokedTokens,
        SortedMap<String, Instant> notBefore) {

    /// Locked out for as long as there are bundles.
    private static final Instant NEVER = Instant.ofEpochSecond(Instant.MAX.getEpochSecond());

    /// The bundle of this content at a version. The same from the same, whoever makes it.
    public Bundle at(long version, Instant issued, Duration lifetime) {
        return new Bundle(
                version, issued, issued.plus(lifetime), policies, groupMap(), identities());
    }

    private Groups groupMap() {
        var members = new TreeMap<String, SortedSet<String>>();
        groups.forEach(group -> members.put(group.name(), group.members()));
        return Groups.of(members);
    }

    private Identities identities() {
        var verifiers = new TreeMap<String, Verifier>();
        var voids = new TreeMap<>(notBefore);
        for (var account : accounts) {
            if (account.isLocked()) voids.put(account.name(), NEVER);
            if (!account.isUsable()) continue;
            verifiers.put(account.name(), new Verifier(account.kind(), account.hashes()));
        }
        return new Identities(
                issuer, byId(tokenKeys), byId(bundleKeys), verifiers, revokedTokens, voids);
    }

    private static SortedMap<String, Opaque> byId(List<SigningKey> keys) {
        var map = new TreeMap<String, Opaque>();
        keys.forEach(key -> map.put(key.id(), key.publicKey()));
        return map;
    }
}
