package io.meseta.platform.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.meseta.authorization.Subject;
import io.meseta.authorization.SubjectKind;
import io.meseta.authorization.bundle.Identities;
import io.meseta.platform.identity.Recognition.Known;
import io.meseta.platform.identity.Recognition.Scheme;
import io.meseta.platform.identity.Recognition.Unknown;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Checks a token by the bundle's keys: ES256 and nothing else, our type, our issuer, made for us,
/// young enough, not revoked. What the token says of its own algorithm or key decides nothing but
/// which of the bundle's keys is tried.
final class TokenCheck {

    static final Duration SKEW_MAX = Duration.ofSeconds(60);
    static final Duration LIFE_MAX = Duration.ofMinutes(15);

    /// An agent's outlives the longest life of a bundle (24 h), so that agents go on for as long as
    /// services do without the auth-service.
    static final Duration AGENT_LIFE_MAX = Duration.ofHours(26);

    static final String AUDIENCE = "meseta";
    static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
    static final String KIND = "kind";

    private static final int LENGTH_MAX = 8192;
    private static final int NAME_LENGTH_MAX = 512;
    private static final int CLAIMS_MAX = 32;

    private static final Set<String> REGISTERED =
            Set.of("iss", "sub", "aud", "exp", "nbf", "iat", "jti", "client_id", "scope", KIND);

    private TokenCheck() {}

    static Recognition check(String token, Era era, Instant now) {
        if (token.length() > LENGTH_MAX) return unknown("The token is too long.");
        try {
            var jwt = SignedJWT.parse(token);
            var problem = headerProblem(jwt.getHeader());
            if (problem.isPresent()) return unknown(problem.get());
            var key = era.key(Optional.ofNullable(jwt.getHeader().getKeyID()).orElse(""));
            if (key.isEmpty()) return unknown("The token's key is unknown.");
            if (!jwt.verify(key.get())) return unknown("The token's signature is wrong.");
            return check(jwt.getJWTClaimsSet(), era.bundle().identities(), now);
        } catch (ParseException | JOSEException | RuntimeException _) {
            // The library throws more than it declares at what is no token at all.
            return unknown("The token cannot be read.");
        }
    }

    private static Optional<String> headerProblem(JWSHeader header) {
        if (!JWSAlgorithm.ES256.equals(header.getAlgorithm())) {
            return Optional.of("The token is not signed with ES256.");
        }
        if (!TYPE.equals(header.getType())) return Optional.of("The token is no access token.");
        if (header.getCriticalParams() != null) {
            return Optional.of("The token demands what is unknown here.");
        }
        return Optional.empty();
    }

    private static Recognition check(JWTClaimsSet claims, Identities identities, Instant now)
            throws ParseException {
        if (identities.issuer().isEmpty() || !identities.issuer().equals(claims.getIssuer())) {
            return unknown("The token is another issuer's.");
        }
        if (!claims.getAudience().contains(AUDIENCE)) {
            return unknown("The token is for another audience.");
        }
        var principal = text(claims.getSubject());
        var id = text(claims.getJWTID());
        var kind = SubjectKind.of(text(claims.getStringClaim(KIND)));
        if (principal.isEmpty() || id.isEmpty()) return unknown("The token names nobody.");
        if (kind.isEmpty() || kind.get() == SubjectKind.ANONYMOUS) {
            return unknown("The token does not say what its principal is.");
        }
        var issued = claims.getIssueTime();
        var begins = claims.getNotBeforeTime();
        var expires = claims.getExpirationTime();
        if (issued == null || begins == null || expires == null) {
            return unknown("The token does not say when it is good.");
        }
        var proof = new Proof.Token(id, issued.toInstant(), expires.toInstant());
        var lifeMax = kind.get() == SubjectKind.AGENT ? AGENT_LIFE_MAX : LIFE_MAX;
        var problem =
                timeProblem(proof, lifeMax, begins, now)
                        .or(() -> revoked(principal, proof, identities));
        if (problem.isPresent()) return unknown(problem.get());
        var subject = Subject.of(kind.get(), principal).claiming(others(claims.getClaims()));
        return new Known(new Caller(subject, proof));
    }

    private static Optional<String> timeProblem(
            Proof.Token proof, Duration lifeMax, Date begins, Instant now) {
        if (!now.isBefore(proof.expires().plus(SKEW_MAX))) {
            return Optional.of("The token has expired.");
        }
        if (proof.expires().isAfter(proof.issued().plus(lifeMax))) {
            return Optional.of("The token lives too long.");
        }
        var latest = now.plus(SKEW_MAX);
        if (proof.issued().isAfter(latest) || begins.toInstant().isAfter(latest)) {
            return Optional.of("The token is not good yet.");
        }
        return Optional.empty();
    }

    /// Also asked of callers who were recognised earlier and are still connected.
    static Optional<String> revoked(String principal, Proof.Token proof, Identities identities) {
        if (identities.revokedTokens().containsKey(proof.id())) {
            return Optional.of("The token has been revoked.");
        }
        var notBefore = identities.notBefore().get(principal);
        // As the bundle, to the second.
        if (notBefore != null && proof.issued().getEpochSecond() < notBefore.getEpochSecond()) {
            return Optional.of("The token has been revoked.");
        }
        return Optional.empty();
    }

    private static Map<String, String> others(Map<String, Object> claims) {
        var others = new TreeMap<String, String>();
        claims.forEach((name, value) -> {
            var isPlain =
                    value instanceof String || value instanceof Number || value instanceof Boolean;
            if (isPlain && !REGISTERED.contains(name) && others.size() < CLAIMS_MAX) {
                others.put(name, value.toString());
            }
        });
        return others;
    }

    /// The text if it will do as a name.
    private static String text(@Nullable String text) {
        return text == null || text.isBlank() || text.length() > NAME_LENGTH_MAX ? "" : text;
    }

    private static Unknown unknown(String reason) {
        return new Unknown(Scheme.BEARER, reason);
    }
}
