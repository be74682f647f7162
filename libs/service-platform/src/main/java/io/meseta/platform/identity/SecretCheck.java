package io.meseta.platform.identity;

import io.meseta.authorization.Subject;
import io.meseta.authorization.bundle.Identities;
import io.meseta.authorization.bundle.Verifier;
import io.meseta.platform.identity.Recognition.Known;
import io.meseta.platform.identity.Recognition.Scheme;
import io.meseta.platform.identity.Recognition.TooMany;
import io.meseta.platform.identity.Recognition.Unknown;
import io.meseta.platform.limits.GuessLimits;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/// Checks a name and its secret by the bundle's hashes.
///
/// A wrong secret costs as much as a wrong name, so that nobody learns which names there are; only
/// so many are checked at once, since each takes megabytes and tens of milliseconds.
final class SecretCheck {

    private static final Duration QUEUE_MAX = Duration.ofSeconds(2);
    private static final Duration LOCKED_OUT = Duration.ofDays(1);
    private static final int SECRET_LENGTH_MAX = 1024;

    private static final GuessLimits.Rates RATES =
            new GuessLimits.Rates(
                    new GuessLimits.Rate(10, Duration.ofSeconds(3)),
                    new GuessLimits.Rate(50, Duration.ofSeconds(1)),
                    new GuessLimits.Rate(100, Duration.ofSeconds(1)),
                    Duration.ofDays(7));

    // The arguments are for making hashes; how to check one, it says itself.
    private final Argon2PasswordEncoder argon2 = new Argon2PasswordEncoder(16, 32, 1, 19 * 1024, 2);
    private final String ownDecoy = decoy();
    private final Semaphore places =
            new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors() / 2), true);
    private final GuessLimits limits = new GuessLimits(RATES);

    private String decoy() {
        var hash = argon2.encode("a secret that nobody has");
        if (hash == null) throw new IllegalStateException("Argon2 made no hash");
        return hash;
    }

    /// @param encoded what follows `Basic`
    /// @param address where it comes from, for the limits
    Recognition check(String encoded, String address, Identities identities, Instant now) {
        var pair = decode(encoded);
        int colon = pair.map(text -> text.indexOf(':')).orElse(-1);
        if (pair.isEmpty() || colon < 1) return unknown("The credentials cannot be read.");
        var name = pair.get().substring(0, colon);
        var secret = pair.get().substring(colon + 1);
        if (secret.length() > SECRET_LENGTH_MAX) return unknown("The secret is too long.");
        var wait = limits.wait(name, address, now);
        if (wait.isPresent()) return new TooMany(wait.get());
        return inTurn(name, secret, identities, now)
                .map(answer -> counted(answer, name, address, now))
                .orElseGet(() -> new TooMany(QUEUE_MAX));
    }

    /// Whether the caller may stay who was recognised by this secret earlier.
    static boolean isStillGood(
            String principal, Proof.Secret proof, Identities identities, Instant now) {
        var verifier = identities.verifiers().get(principal);
        return verifier != null
                && verifier.hashes().contains(proof.hash())
                && !isLockedOut(principal, identities, now);
    }

    private Recognition counted(Recognition answer, String name, String address, Instant now) {
        if (answer instanceof Unknown) limits.failed(name, address, now);
        if (answer instanceof Known) limits.succeeded(name, address, now);
        return answer;
    }

    /// Empty if it was nobody's turn for too long.
    private Optional<Recognition> inTurn(
            String name, String secret, Identities identities, Instant now) {
        try {
            if (!places.tryAcquire(QUEUE_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        try {
            return Optional.of(compare(name, secret, identities, now));
        } finally {
            places.release();
        }
    }

    private Recognition compare(String name, String secret, Identities identities, Instant now) {
        var verifier = Optional.ofNullable(identities.verifiers().get(name));
        var hashes = verifier.map(Verifier::hashes).orElse(List.of());
        for (var hash : hashes) {
            if (argon2.matches(secret, hash)) {
                if (isLockedOut(name, identities, now)) break;
                var subject = Subject.of(verifier.orElseThrow().kind(), name);
                return new Known(new Caller(subject, new Proof.Secret(hash)));
            }
        }
        for (int done = hashes.size(); done < hashesMost(identities); done++) {
            argon2.matches(secret, decoy(identities));
        }
        return unknown("The name or the secret is wrong.");
    }

    /// As many as the principal with the most has: 1 unless a secret is being exchanged.
    private static int hashesMost(Identities identities) {
        return identities.verifiers().values().stream()
                .mapToInt(verifier -> verifier.hashes().size())
                .max()
                .orElse(1);
    }

    /// One that costs what the others do.
    private String decoy(Identities identities) {
        var verifiers = identities.verifiers();
        return verifiers.isEmpty()
                ? ownDecoy
                : verifiers.firstEntry().getValue().hashes().getFirst();
    }

    /// Locked out is whose tokens are good only in a far future; a secret says nothing of a time.
    private static boolean isLockedOut(String principal, Identities identities, Instant now) {
        var notBefore = identities.notBefore().get(principal);
        return notBefore != null && notBefore.isAfter(now.plus(LOCKED_OUT));
    }

    private static Optional<String> decode(String encoded) {
        try {
            var bytes = Base64.getDecoder().decode(encoded);
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (IllegalArgumentException | CharacterCodingException _) {
            return Optional.empty();
        }
    }

    private static Unknown unknown(String reason) {
        return new Unknown(Scheme.BASIC, reason);
    }
}
