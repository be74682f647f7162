package io.meseta.mesos.secrets;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/// Seals what only the owner of its [OpeningKey] is to read: X25519 with a key that is used once,
/// HKDF-SHA256, AES-256-GCM.
///
/// What is sealed is a text, so it may stand wherever what it is made of may stand, as in a
/// variable.
public final class SealingKey {

    static final String CURVE = "X25519";
    static final String MARK = "meseta-sealed-1:";

    private static final int KEY_BYTES_MAX = 128;
    private static final byte[] PURPOSE =
            "meseta secret value 1".getBytes(StandardCharsets.US_ASCII);

    private final PublicKey key;

    private SealingKey(PublicKey key) {
        this.key = key;
    }

    /// @param encoded as [#encoded] has it
    /// @throws IllegalArgumentException if that is no such key
    public static SealingKey of(byte[] encoded) {
        if (encoded.length > KEY_BYTES_MAX) throw new IllegalArgumentException("no key: too long");
        return new SealingKey(publicKey(encoded));
    }

    static PublicKey publicKey(byte[] encoded) {
        try {
            return KeyFactory.getInstance(CURVE).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException wrong) {
            throw new IllegalArgumentException("no key of the curve " + CURVE, wrong);
        }
    }

    /// In the form of X.509.
    public byte[] encoded() {
        return key.getEncoded();
    }

    /// A text of about four thirds of the length.
    public byte[] seal(byte[] plain) {
        try {
            var once = KeyPairGenerator.getInstance(CURVE).generateKeyPair();
            var open = once.getPublic().getEncoded();
            var shared = shared(once.getPrivate(), key, open, key.getEncoded());
            var sealed = cipher(Cipher.ENCRYPT_MODE, shared).doFinal(plain);
            var base64 = Base64.getUrlEncoder().withoutPadding();
            var text = MARK + base64.encodeToString(open) + "." + base64.encodeToString(sealed);
            return text.getBytes(StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("can't seal", impossible);
        }
    }

    /// The key of one message, bound to both keys that it was made of.
    static SecretKey shared(PrivateKey own, PublicKey other, byte[] once, byte[] recipient)
            throws GeneralSecurityException {
        var agreement = KeyAgreement.getInstance(CURVE);
        agreement.init(own);
        agreement.doPhase(other, true);
        var derived =
                HKDFParameterSpec.ofExtract()
                        .addIKM(agreement.generateSecret())
                        .addSalt(once)
                        .addSalt(recipient)
                        .thenExpand(PURPOSE, 32);
        return KDF.getInstance("HKDF-SHA256").deriveKey("AES", derived);
    }

    /// Each key is used for one message, so the nonce need not differ.
    static Cipher cipher(int mode, SecretKey key) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(128, new byte[12]));
        return cipher;
    }
}
