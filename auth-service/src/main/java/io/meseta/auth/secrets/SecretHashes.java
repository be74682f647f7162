package io.meseta.auth.secrets;

import io.meseta.auth.changes.Refusal;
import io.meseta.auth.changes.Refused;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/// Hashes secrets, and checks them against hashes: Argon2id with the costs that OWASP advises (19
/// MiB, two passes, one lane), in PHC form.
///
/// Each run takes some tens of milliseconds of a core and 19 MiB, so only as many run at once as
/// there are cores; the others wait, and not for long.
public final class SecretHashes {

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final Duration WAIT_MAX = Duration.ofSeconds(5);

    private final Argon2PasswordEncoder argon2 =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
    private final Semaphore running;
    private final String nobodys;

    public SecretHashes() {
        running = new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()), true);
        nobodys = hash(RandomText.secret());
    }

    public String hash(String secret) {
        return limited(() -> {
            var hash = argon2.encode(secret);
            if (hash == null) throw new IllegalStateException("no hash was made");
            return hash;
        });
    }

    /// Whether one of `hashes` is that of `secret`. Takes as long for fewer hashes, or none, as for
    /// `rounds` of them, so that the time tells nobody who exists.
    public boolean matches(String secret, List<String> hashes, int rounds) {
        return limited(() -> {
            boolean isGood = false;
            for (var hash : hashes) isGood |= argon2.matches(secret, hash);
            for (int i = hashes.size(); i < rounds; i++) argon2.matches(secret, nobodys);
            return isGood;
        });
    }

    private <T> T limited(Supplier<T> work) {
        try {
            if (!running.tryAcquire(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Refused(new Refusal.Busy());
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new Refused(new Refusal.Busy());
        }
        try {
            return work.get();
        } finally {
            running.release();
        }
    }
}
