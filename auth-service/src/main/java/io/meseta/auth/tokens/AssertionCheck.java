package io.meseta.auth.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.meseta.auth.agents.AgentKeys;
import io.meseta.auth.agents.AgentsDesk;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/// Checks what an agent says by its key (RFC 7523): ES256 and nothing else, about itself, to us,
/// now, and once.
final class AssertionCheck implements JwtDecoderFactory<RegisteredClient> {

    static final String TOKEN_PATH = "/auth/oauth2/token";

    private static final Duration SKEW_MAX = Duration.ofSeconds(60);
    private static final Duration LIFETIME_MAX = Duration.ofMinutes(10);
    private static final int LENGTH_MAX = 4_096;
    private static final int ID_LENGTH_MAX = 128;

    private final AgentsDesk agents;
    private final Assertions used;
    private final InstantSource time;
    private final List<String> addresses;

    /// @param addresses where we are asked for tokens; if empty, any address with our path is ours
    AssertionCheck(AgentsDesk agents, Assertions used, InstantSource time, List<String> addresses) {
        this.agents = agents;
        this.used = used;
        this.time = time;
        this.addresses = addresses.stream().map(each -> each + TOKEN_PATH).toList();
    }

    @Override
    public JwtDecoder createDecoder(RegisteredClient client) {
        return text -> {
            if (text.length() > LENGTH_MAX) throw bad("it is too long");
            try {
                return check(client.getClientId(), text);
            } catch (ParseException | JOSEException | IllegalArgumentException _) {
                throw bad("it is none");
            }
        };
    }

    private Jwt check(String principal, String text) throws ParseException, JOSEException {
        var assertion = SignedJWT.parse(text);
        var header = assertion.getHeader();
        if (!JWSAlgorithm.ES256.equals(header.getAlgorithm())) throw bad("it is not ES256");
        var agent = agents.welcome(principal).orElseThrow(() -> bad("nobody has this name"));
        if (!assertion.verify(new ECDSAVerifier(AgentKeys.of(agent)))) {
            throw bad("its signature is wrong");
        }
        var claims = assertion.getJWTClaimsSet();
        checkParties(principal, claims);
        var expiresAt = checkTimes(claims);
        var id = claims.getJWTID();
        if (id == null || id.isEmpty() || id.length() > ID_LENGTH_MAX) throw bad("it has no jti");
        if (!used.use(principal, id, expiresAt.plus(SKEW_MAX))) throw bad("it was used before");
        var known = new HashMap<String, Object>(header.toJSONObject());
        return Jwt.withTokenValue(text)
                .headers(headers -> headers.putAll(known))
                .subject(principal)
                .issuer(principal)
                .build();
    }

    private void checkParties(String principal, JWTClaimsSet claims) {
        if (!principal.equals(claims.getSubject()) || !principal.equals(claims.getIssuer())) {
            throw bad("its issuer and subject are not the client");
        }
        var isForUs = claims.getAudience().size() == 1 && isOurs(claims.getAudience().getFirst());
        if (!isForUs) throw bad("its audience is somebody else");
    }

    private boolean isOurs(String audience) {
        if (!addresses.isEmpty()) return addresses.contains(audience);
        return TOKEN_PATH.equals(URI.create(audience).getPath());
    }

    private Instant checkTimes(JWTClaimsSet claims) {
        var now = time.instant();
        var expiry = claims.getExpirationTime();
        if (expiry == null || !now.isBefore(expiry.toInstant().plus(SKEW_MAX))) {
            throw bad("it has expired");
        }
        if (expiry.toInstant().isAfter(now.plus(LIFETIME_MAX))) throw bad("it lives too long");
        var latest = now.plus(SKEW_MAX);
        var begins = claims.getNotBeforeTime();
        if (begins != null && begins.toInstant().isAfter(latest)) throw bad("it is from tomorrow");
        var issued = claims.getIssueTime();
        if (issued != null && issued.toInstant().isAfter(latest)) throw bad("it is from tomorrow");
        return expiry.toInstant();
    }

    private static BadJwtException bad(String why) {
        return new BadJwtException("The assertion is refused: " + why);
    }
}
