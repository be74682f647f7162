package io.meseta.auth.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// Makes tokens and assertions, good and bad.
final class Forge {

    private Forge() {}

    static KeyPair pair() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    static Map<String, Object> claims(String token) {
        try {
            return new HashMap<>(JWSObject.parse(token).getPayload().toJSONObject());
        } catch (ParseException broken) {
            throw new IllegalStateException(broken);
        }
    }

    static String text(Map<String, Object> fields, String name) {
        return String.valueOf(fields.get(name));
    }

    static Map<String, Object> header(String token) {
        try {
            return JWSObject.parse(token).getHeader().toJSONObject();
        } catch (ParseException broken) {
            throw new IllegalStateException(broken);
        }
    }

    static String es256(Map<String, Object> claims, String keyId, KeyPair pair) {
        return es256(claims, keyId, pair.getPrivate());
    }

    static String es256(Map<String, Object> claims, String keyId, PrivateKey key) {
        try {
            return signed(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .type(new JOSEObjectType("at+jwt"))
                            .keyID(keyId)
                            .build(),
                    claims,
                    new ECDSASigner((ECPrivateKey) key));
        } catch (JOSEException broken) {
            throw new IllegalStateException(broken);
        }
    }

    static String hs256(Map<String, Object> claims, String keyId, byte[] secret) {
        try {
            return signed(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .type(new JOSEObjectType("at+jwt"))
                            .keyID(keyId)
                            .build(),
                    claims,
                    new MACSigner(secret));
        } catch (JOSEException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /// Without any signature.
    static String unsigned(String token, String algorithm) {
        var header = "{\"alg\":\"" + algorithm + "\",\"typ\":\"at+jwt\"}";
        var text = Base64.getUrlEncoder().withoutPadding();
        return text.encodeToString(header.getBytes(StandardCharsets.UTF_8))
                + "."
                + token.split("\\.", -1)[1]
                + ".";
    }

    private static String signed(JWSHeader header, Map<String, Object> claims, JWSSigner signer)
            throws JOSEException {
        var token = new JWSObject(header, new Payload(claims));
        token.sign(signer);
        return token.serialize();
    }

    /// What an agent says to get a token.
    static Map<String, Object> assertion(String principal, String audience, Instant now) {
        var claims = new HashMap<String, Object>();
        claims.put("iss", principal);
        claims.put("sub", principal);
        claims.put("aud", audience);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.getEpochSecond() + 60);
        return claims;
    }
}
