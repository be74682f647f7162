package io.meseta.platform.testing;

import com.nimbusds.jwt.JWTClaimsSet;
import io.meseta.authorization.Groups;
import io.meseta.authorization.SubjectKind;
import io.meseta.authorization.bundle.Bundle;
import io.meseta.authorization.bundle.Identities;
import io.meseta.authorization.bundle.Verifier;
import io.meseta.authorization.starter.StarterPolicies;
import io.meseta.model.Opaque;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/// Who there is and what they may do, as an auth-service would know it. Changes count with the next
/// [#bundle].
public final class StandInBook {

    public static final String ISSUER = "https://auth.test";

    // Cheap on purpose: tests make many.
    private static final Argon2PasswordEncoder ARGON2 = new Argon2PasswordEncoder(16, 32, 1, 64, 1);

    private final SortedMap<String, String> policies = new TreeMap<>(StarterPolicies.texts());
    private final SortedMap<String, TreeSet<String>> groups = new TreeMap<>();
    private final SortedMap<String, Verifier> verifiers = new TreeMap<>();
    private final SortedMap<String, String> secrets = new TreeMap<>();
    private final SortedMap<String, SubjectKind> kinds = new TreeMap<>();
    private final SortedMap<String, Instant> revoked = new TreeMap<>();
    private final SortedMap<String, Instant> notBefore = new TreeMap<>();
    private final SortedMap<String, Opaque> successors = new TreeMap<>();
    private long version;

    /// A hash as the auth-service makes them.
    public static String hash(String secret) {
        var hash = ARGON2.encode(secret);
        if (hash == null) throw new IllegalStateException("Argon2 made no hash");
        return hash;
    }

    /// A principal whose secret is its name and `-secret`.
    public synchronized StandInBook add(SubjectKind kind, String name, String... inGroups) {
        kinds.put(name, kind);
        secrets.put(name, name + "-secret");
        verifiers.put(name, new Verifier(kind, List.of(hash(name + "-secret"))));
        for (var group : inGroups) groups.computeIfAbsent(group, _ -> new TreeSet<>()).add(name);
        return this;
    }

    /// A principal that has a key and no secret.
    public synchronized StandInBook addAgent(String name) {
        kinds.put(name, SubjectKind.AGENT);
        return this;
    }

    public synchronized StandInBook verifier(String name, Verifier verifier) {
        verifiers.put(name, verifier);
        return this;
    }

    public synchronized StandInBook policy(String name, String text) {
        policies.put(name, text);
        return this;
    }

    /// Takes away all that the principal has.
    public synchronized StandInBook remove(String name) {
        kinds.remove(name);
        secrets.remove(name);
        verifiers.remove(name);
        groups.values().forEach(names -> names.remove(name));
        notBefore.put(name, Instant.ofEpochSecond(Instant.MAX.getEpochSecond()));
        return this;
    }

    public synchronized StandInBook revoke(String tokenId, Instant until) {
        revoked.put(tokenId, until);
        return this;
    }

    public synchronized StandInBook notBefore(String name, Instant at) {
        notBefore.put(name, at);
        return this;
    }

    /// From the next bundle on, these keys sign.
    public synchronized StandInBook successor(StandInKeys keys) {
        successors.put(keys.id(), keys.bundleKey());
        return this;
    }

    public synchronized boolean isKnown(String name, String secret) {
        return secret.equals(secrets.get(name));
    }

    public synchronized SubjectKind kind(String name) {
        return kinds.getOrDefault(name, SubjectKind.USER);
    }

    public synchronized long version() {
        return version;
    }

    /// The next bundle.
    public synchronized Bundle bundle(StandInKeys keys, Instant now) {
        version++;
        var trusted = new TreeMap<>(successors);
        if (trusted.isEmpty()) trusted.put(keys.id(), keys.bundleKey());
        var identities =
                new Identities(
                        ISSUER,
                        new TreeMap<>(Map.of(keys.id(), keys.tokenKey())),
                        trusted,
                        verifiers,
                        revoked,
                        notBefore);
        return Bundle.of(version, now, policies, Groups.of(groups)).withIdentities(identities);
    }

    /// The claims of a good token for this principal.
    public JWTClaimsSet.Builder claims(String name, Instant now) {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience("meseta")
                .subject(name)
                .claim("kind", kind(name).text())
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofMinutes(10))));
    }

    /// The Authorization header of a client that sends its secret each time.
    public static String basic(String name) {
        return basic(name, name + "-secret");
    }

    public static String basic(String name, String secret) {
        var pair = (name + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }
}
