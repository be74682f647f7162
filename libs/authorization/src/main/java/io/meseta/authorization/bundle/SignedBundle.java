package io.meseta.authorization.bundle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// A bundle as it travels: its bytes, and an Ed25519 signature over them and the key's name.
public final class SignedBundle {

    private static final String ALGORITHM = "Ed25519";
    private static final int SIGNATURE_BYTES = 64;

    /// What is signed begins so, so that the key's signature under anything else is no use here.
    private static final byte[] PURPOSE =
            "meseta policy bundle signature\0".getBytes(StandardCharsets.US_ASCII);

    private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /// How far the clocks of the issuer and of whoever checks may be apart.
    public static final Duration CLOCK_SKEW_MAX = Duration.ofMinutes(5);

    private final String keyId;
    private final byte[] signature;
    private final byte[] payload;

    private SignedBundle(String keyId, byte[] signature, byte[] payload) {
        this.keyId = keyId;
        this.signature = signature;
        this.payload = payload;
    }

    /// Signs a bundle with an Ed25519 key, which readers find by its name.
    public static SignedBundle sign(Bundle bundle, String keyId, PrivateKey key) {
        if (!KEY_ID.matcher(keyId).matches()) {
            throw new IllegalArgumentException("A key's name fits " + KEY_ID);
        }
        var payload = BundleBytes.write(bundle);
        try {
            var signer = Signature.getInstance(ALGORITHM);
            signer.initSign(key);
            signer.update(signed(keyId, payload));
            return new SignedBundle(keyId, signer.sign(), payload);
        } catch (GeneralSecurityException unusable) {
            throw new IllegalArgumentException("Not an Ed25519 key: " + keyId, unusable);
        }
    }

    /// Takes apart what came over the wire; nothing in it can be believed yet.
    public static Optional<SignedBundle> parse(byte[] bytes) {
        if (bytes.length > BundleBytes.BYTES_MAX + 128 || bytes.length < 2 + SIGNATURE_BYTES) {
            return Optional.empty();
        }
        int length = bytes[0];
        int payloadAt = 1 + length + SIGNATURE_BYTES;
        if (length < 1 || length > 64 || payloadAt > bytes.length) return Optional.empty();
        var keyId = new String(bytes, 1, length, StandardCharsets.ISO_8859_1);
        if (!KEY_ID.matcher(keyId).matches()) return Optional.empty();
        return Optional.of(
                new SignedBundle(
                        keyId,
                        Arrays.copyOfRange(bytes, 1 + length, payloadAt),
                        Arrays.copyOfRange(bytes, payloadAt, bytes.length)));
    }

    /// The bytes for the wire.
    public byte[] asBytes() {
        return ByteBuffer.allocate(1 + keyId.length() + signature.length + payload.length)
                .put((byte) keyId.length())
                .put(keyId.getBytes(StandardCharsets.US_ASCII))
                .put(signature)
                .put(payload)
                .array();
    }

    public String keyId() {
        return keyId;
    }

    /// Checks the signature, then the content, then its age.
    ///
    /// @param newest the highest version that has been accepted here, 0 before the first; it must
    ///   outlive restarts, or an old bundle could be brought back
    public Receipt check(TrustedKeys keys, long newest, Instant now) {
        var key = keys.find(keyId);
        if (key.isEmpty()) return new Receipt.Refused.UnknownKey(keyId);
        if (!isSignedBy(key.get())) return new Receipt.Refused.BadSignature(keyId);
        var bundle = BundleBytes.read(payload);
        return bundle.isEmpty()
                ? new Receipt.Refused.Malformed()
                : checkAge(bundle.get(), newest, now);
    }

    private static Receipt checkAge(Bundle bundle, long newest, Instant now) {
        if (bundle.version() < newest) {
            return new Receipt.Refused.Rollback(bundle.version(), newest);
        }
        if (bundle.issued().isAfter(now.plus(CLOCK_SKEW_MAX))) {
            return new Receipt.Refused.FromTheFuture(bundle.issued());
        }
        if (!now.isBefore(bundle.expires())) return new Receipt.Refused.Expired(bundle.expires());
        return new Receipt.Accepted(bundle);
    }

    private boolean isSignedBy(PublicKey key) {
        try {
            var verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(key);
            verifier.update(signed(keyId, payload));
            return verifier.verify(signature);
        } catch (InvalidKeyException | SignatureException _) {
            return false;
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this JDK has no Ed25519", missing);
        }
    }

    private static byte[] signed(String keyId, byte[] payload) {
        return ByteBuffer.allocate(PURPOSE.length + 1 + keyId.length() + payload.length)
                .put(PURPOSE)
                .put((byte) keyId.length())
                .put(keyId.getBytes(StandardCharsets.US_ASCII))
                .put(payload)
                .array();
    }
}
