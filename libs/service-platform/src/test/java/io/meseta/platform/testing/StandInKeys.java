package io.meseta.platform.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.meseta.authorization.bundle.Bundle;
import io.meseta.authorization.bundle.SignedBundle;
import io.meseta.model.Opaque;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/// The two keys that everything else rests on: one signs tokens, the other bundles.
public final class StandInKeys {

    private final String id;
    private final KeyPair tokens;
    private final KeyPair bundles;

    /// New keys, both called `id`.
    public StandInKeys(String id) {
        this.id = id;
        this.tokens = p256();
        this.bundles = generate("Ed25519");
    }

    public static KeyPair p256() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static KeyPair generate(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    public String id() {
        return id;
    }

    public KeyPair tokenPair() {
        return tokens;
    }

    public Opaque tokenKey() {
        return Opaque.of(tokens.getPublic().getEncoded());
    }

    public Opaque bundleKey() {
        return Opaque.of(bundles.getPublic().getEncoded());
    }

    /// The line for a trust file.
    public String trustLine() {
        return id + " " + Base64.getEncoder().encodeToString(bundles.getPublic().getEncoded());
    }

    public byte[] sign(Bundle bundle) {
        return SignedBundle.sign(bundle, id, bundles.getPrivate()).asBytes();
    }

    /// An access token with these claims, as it should be.
    public String sign(JWTClaimsSet claims) {
        return sign(header(), claims);
    }

    /// The header of an access token.
    public JWSHeader header() {
        return new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(id)
                .build();
    }

    public String sign(JWSHeader header, JWTClaimsSet claims) {
        try {
            var token = new SignedJWT(header, claims);
            token.sign(new ECDSASigner((ECPrivateKey) tokens.getPrivate()));
            return token.serialize();
        } catch (JOSEException unusable) {
            throw new IllegalStateException(unusable);
        }
    }
}
