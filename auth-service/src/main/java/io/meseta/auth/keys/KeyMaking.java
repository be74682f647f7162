package io.meseta.auth.keys;

import io.meseta.auth.secrets.Digest;
import io.meseta.auth.secrets.Seal;
import io.meseta.model.Opaque;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/// Makes keys, seals them, and opens them again.
public final class KeyMaking {

    private static final int ID_DIGITS = 16;
    private static final Pattern PEM =
            Pattern.compile(
                    "\\s*-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)"
                            + "-----END PRIVATE KEY-----\\s*");

    private final Seal seal;

    public KeyMaking(Seal seal) {
        this.seal = seal;
    }

    /// A fresh key.
    public SigningKey make(Purpose purpose, Instant now, Instant signsFrom) {
        var pair = pair(purpose);
        return sealed(
                purpose,
                pair.getPublic().getEncoded(),
                pair.getPrivate().getEncoded(),
                now,
                signsFrom);
    }

    /// The bundle key that somebody else made, as PKCS #8 in PEM; empty if it is not an Ed25519 key
    /// in that form.
    public Optional<SigningKey> read(String pem, Instant now) {
        var form = PEM.matcher(pem);
        if (!form.matches()) return Optional.empty();
        try {
            var pkcs8 = Base64.getMimeDecoder().decode(form.group(1));
            if (!(PrivateKeyFactory.createKey(pkcs8) instanceof Ed25519PrivateKeyParameters key)) {
                return Optional.empty();
            }
            var spki =
                    SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(key.generatePublicKey())
                            .getEncoded();
            return Optional.of(sealed(Purpose.BUNDLE, spki, pkcs8, now, now));
        } catch (IOException | RuntimeException _) {
            return Optional.empty();
        }
    }

    private SigningKey sealed(
            Purpose purpose, byte[] spki, byte[] pkcs8, Instant now, Instant signsFrom) {
        var id = id(purpose, spki);
        var closed = seal.close(pkcs8, "key/" + id);
        return new SigningKey(id, purpose, Opaque.of(spki), Opaque.of(closed), now, signsFrom);
    }

    /// Anyone who has the public half can tell the id: the purpose and 16 hex digits of its
    /// SHA-256.
    public static String id(Purpose purpose, byte[] spki) {
        return purpose.text() + "-" + Digest.hex(spki).substring(0, ID_DIGITS);
    }

    /// Empty if the seal is not the one that closed it.
    public Optional<PrivateKey> open(SigningKey key) {
        return seal.open(key.sealedPrivate().asBytes(), "key/" + key.id())
                .map(pkcs8 -> privateKey(key.purpose(), pkcs8));
    }

    private static PrivateKey privateKey(Purpose purpose, byte[] pkcs8) {
        try {
            return KeyFactory.getInstance(algorithm(purpose))
                    .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (InvalidKeySpecException broken) {
            throw new IllegalStateException("a sealed key is none", broken);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK lacks an algorithm", missing);
        }
    }

    private static KeyPair pair(Purpose purpose) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm(purpose));
            if (purpose == Purpose.TOKEN) generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK lacks an algorithm", missing);
        }
    }

    private static String algorithm(Purpose purpose) {
        return switch (purpose) {
            case TOKEN -> "EC";
            case BUNDLE -> "Ed25519";
        };
    }
}
