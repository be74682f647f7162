package io.meseta.master.wire;

import com.google.protobuf.ByteString;
import io.meseta.mesos.secrets.SealingKey;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What was sealed a moment ago. Of two orders that come at once and start the same executor each
/// is sealed by itself, and no text is sealed to the same twice: the second would be taken for
/// another executor, and refused. So what is sealed for an agent again within a moment is the same.
///
/// Secrets themselves are not kept, only what they come to under a key that this process has made
/// for it.
final class RecentSeals {

    private static final int SEALS_MAX = 1024;
    private static final String DIGEST = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private record Seal(ByteString sealed, long at) {}

    private final long momentNanos;
    private final LongSupplier nanos;
    private final SecretKeySpec key;

    /// A lock, since orders are read by many threads at a time.
    private final ReentrantLock lock = new ReentrantLock();

    private final LinkedHashMap<ByteString, Seal> seals = new LinkedHashMap<>();

    /// @param moment for how long what was sealed is sealed to the same
    /// @param nanos a clock that only goes forward
    RecentSeals(Duration moment, LongSupplier nanos) {
        this.momentNanos = moment.toNanos();
        this.nanos = nanos;
        var random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, DIGEST);
    }

    ByteString sealed(SealingKey recipient, ByteString plain) {
        var name = name(recipient, plain);
        long now = nanos.getAsLong();
        lock.lock();
        try {
            var known = seals.get(name);
            if (known != null && now - known.at() < momentNanos) return known.sealed();
            var fresh = ByteString.copyFrom(recipient.seal(plain.toByteArray()));
            // Behind all others, so that the oldest goes first.
            seals.remove(name);
            seals.put(name, new Seal(fresh, now));
            while (seals.size() > SEALS_MAX) seals.pollFirstEntry();
            return fresh;
        } finally {
            lock.unlock();
        }
    }

    private ByteString name(SealingKey recipient, ByteString plain) {
        try {
            var mac = Mac.getInstance(DIGEST);
            mac.init(key);
            // A key has the same length as every other, so nothing else adds up to this.
            mac.update(recipient.encoded());
            return ByteString.copyFrom(mac.doFinal(plain.toByteArray()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(DIGEST + " is not there", impossible);
        }
    }
}
