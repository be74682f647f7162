package io.meseta.auth.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import io.meseta.auth.keys.KeysDesk;
import io.meseta.auth.keys.Purpose;
import io.meseta.auth.revocations.Revocations;
import io.meseta.auth.secrets.RandomText;
import io.meseta.auth.settings.AuthServiceProperties.Lifetimes;
import io.meseta.authorization.SubjectKind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// Makes access tokens: JWTs of type `at+jwt`, signed with ES256 and nothing else (decision 0011).
public final class TokenIssuer {

    /// Whom a token is for: every service of the cluster.
    public static final String AUDIENCE = "meseta";

    private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");

    private final KeysDesk keys;
    private final Revocations revocations;
    private final InstantSource time;
    private final String issuer;
    private final Lifetimes lifetimes;

    public TokenIssuer(
            KeysDesk keys,
            Revocations revocations,
            InstantSource time,
            String issuer,
            Lifetimes lifetimes) {
        this.keys = keys;
        this.revocations = revocations;
        this.time = time;
        this.issuer = issuer;
        this.lifetimes = lifetimes;
    }

    /// A token for one who has just proved to be this principal.
    public IssuedToken issue(SubjectKind kind, String principal) {
        var now = Instant.ofEpochSecond(time.instant().getEpochSecond());
        // A revocation voids the tokens of its own second too. This one is meant to outlive it.
        var issuedAt = revocations.notBefore(principal).filter(now::isBefore).orElse(now);
        var expiresAt =
                issuedAt.plus(
                        kind == SubjectKind.AGENT ? lifetimes.agentToken() : lifetimes.token());
        var id = RandomText.id();
        var claims =
                Map.<String, Object>of(
                        "iss", issuer,
                        "aud", List.of(AUDIENCE),
                        "sub", principal,
                        "kind", kind.text(),
                        "jti", id,
                        "iat", issuedAt.getEpochSecond(),
                        "nbf", now.getEpochSecond(),
                        "exp", expiresAt.getEpochSecond());
        return new IssuedToken(signed(claims, now), id, issuedAt, expiresAt);
    }

    private String signed(Map<String, Object> claims, Instant now) {
        var key = keys.signing(Purpose.TOKEN, now);
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256).type(TYPE).keyID(key.id()).build();
        try {
            var token = new JWSObject(header, new Payload(claims));
            token.sign(new ECDSASigner(keys.open(key), Curve.P_256));
            return token.serialize();
        } catch (JOSEException unusable) {
            throw new IllegalStateException("the key " + key.id() + " can't sign", unusable);
        }
    }
}
