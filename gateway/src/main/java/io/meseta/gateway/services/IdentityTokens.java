package io.meseta.gateway.services;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.meseta.authorization.Subject;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;

/// Says to a microservice who calls, signed: a JWT (ES256) of at most a minute, for that service
/// only.
///
/// The key is this process's own and never leaves it; its public half is at
/// `/.well-known/meseta/jwks.json`. One token serves the calls of half a minute, since a signature
/// costs more than all else about a call.
public final class IdentityTokens {

    /// How long a token is good.
    static final Duration LIFE = Duration.ofSeconds(60);

    private static final Duration REUSED = Duration.ofSeconds(30);
    private static final int REMEMBERED_MAX = 10_000;
    private static final int COORDINATE_BYTES = 32;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final JsonMapper mapper;
    private final InstantSource clock;
    private final KeyPair keys;
    private final Map<String, String> publicKey;
    private final String head;
    private final ConcurrentHashMap<Key, Signed> remembered = new ConcurrentHashMap<>();

    private record Key(Subject subject, String service) {}

    private record Signed(String token, Instant at) {}

    public IdentityTokens(JsonMapper mapper, InstantSource clock) {
        this.mapper = mapper;
        this.clock = clock;
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            this.keys = generator.generateKeyPair();
            this.publicKey = jwk((ECPublicKey) keys.getPublic());
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("this Java has no P-256", failure);
        }
        var header = new LinkedHashMap<String, String>();
        header.put("alg", "ES256");
        header.put("typ", "JWT");
        header.put("kid", publicKey.getOrDefault("kid", ""));
        this.head = part(header);
    }

    /// The public keys, as RFC 7517 has them.
    Map<String, List<Map<String, String>>> published() {
        return Map.of("keys", List.of(publicKey));
    }

    /// A token that says `subject` to `service`.
    ///
    /// @param subject with all its groups
    String of(Subject subject, String service) {
        var now = clock.instant();
        var key = new Key(subject, service);
        var known = remembered.get(key);
        if (known != null && now.isBefore(known.at().plus(REUSED))) return known.token();
        // Rare, and cheaper than keeping an order: all are signed anew.
        if (remembered.size() >= REMEMBERED_MAX) remembered.clear();
        var fresh = new Signed(signed(subject, service, now), now);
        remembered.put(key, fresh);
        return fresh.token();
    }

    private String signed(Subject subject, String service, Instant now) {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", "meseta-gateway");
        claims.put("aud", service);
        claims.put("sub", subject.principal());
        claims.put("kind", subject.kind().text());
        claims.put("groups", List.copyOf(subject.groups()));
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(LIFE).getEpochSecond());
        claims.put("jti", UUID.randomUUID().toString());
        var text = head + "." + part(claims);
        return text + "." + BASE64.encodeToString(signature(text));
    }

    private String part(Map<String, ?> json) {
        return BASE64.encodeToString(mapper.writeValueAsBytes(json));
    }

    private byte[] signature(String text) {
        try {
            var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(keys.getPrivate());
            signature.update(text.getBytes(US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("a signature failed", failure);
        }
    }

    private static Map<String, String> jwk(ECPublicKey key) throws GeneralSecurityException {
        var x = coordinate(key.getW().getAffineX());
        var y = coordinate(key.getW().getAffineY());
        // The key's name is its thumbprint (RFC 7638), whose members come in this order.
        var canonical =
                "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"%s\",\"y\":\"%s\"}".formatted(x, y);
        var digest = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(US_ASCII));
        return Map.of(
                "kty",
                "EC",
                "crv",
                "P-256",
                "x",
                x,
                "y",
                y,
                "use",
                "sig",
                "alg",
                "ES256",
                "kid",
                BASE64.encodeToString(digest));
    }

    /// Unsigned, of full length.
    private static String coordinate(BigInteger value) {
        var bytes = value.toByteArray();
        var full = new byte[COORDINATE_BYTES];
        int length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - length, full, COORDINATE_BYTES - length, length);
        return BASE64.encodeToString(full);
    }
}
