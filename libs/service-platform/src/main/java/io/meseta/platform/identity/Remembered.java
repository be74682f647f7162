package io.meseta.platform.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Credentials that have been checked a moment ago, so that a client that sends its own with every
/// call does not pay for each. Keyed by an HMAC under a key that never leaves this process: no
/// credential is kept.
final class Remembered {

    private static final int SIZE_MAX = 10_000;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key = new SecretKeySpec(randomBytes(), ALGORITHM);
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    private record Entry(Caller caller, Instant until) {}

    /// The name of a credential here.
    String name(String credential) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            var digest = mac.doFinal(credential.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no HMAC", missing);
        }
    }

    Optional<Caller> find(String name, Instant now) {
        var entry = entries.get(name);
        return entry != null && now.isBefore(entry.until())
                ? Optional.of(entry.caller())
                : Optional.empty();
    }

    void add(String name, Caller caller, Instant until, Instant now) {
        if (entries.size() >= SIZE_MAX) {
            entries.values().removeIf(entry -> !now.isBefore(entry.until()));
            // Forgetting costs a check; growing without end would cost the process.
            if (entries.size() >= SIZE_MAX) entries.clear();
        }
        entries.put(name, new Entry(caller, until));
    }

    private static byte[] randomBytes() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
