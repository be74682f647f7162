package io.meseta.platform.credentials;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tokens for an agent, by the key that it made itself (RFC 7523, private_key_jwt). The first time,
/// the key is exchanged for the join token; from then on the key is the agent.
final class AgentTokens implements TokenSource {

    private static final Logger LOG = LoggerFactory.getLogger(AgentTokens.class);

    private static final Duration ASSERTION_LIFE = Duration.ofMinutes(1);
    private static final String ASSERTION_TYPE =
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static final String KEPT = "agent.token";

    private final AuthDoor door;
    private final Path stateDir;
    private final Path joinTokenFile;
    private final String hostname;

    AgentTokens(AuthDoor door, Path stateDir, Path joinTokenFile, String hostname) {
        this.door = door;
        this.stateDir = stateDir;
        this.joinTokenFile = joinTokenFile;
        this.hostname = hostname;
    }

    @Override
    public Grant fetch() {
        var key = AgentKey.in(stateDir.resolve("agent.key"));
        var name = stateDir.resolve("agent.principal");
        var principal = PrivateFile.line(name).orElseGet(() -> join(key, name));
        var form =
                ("grant_type=client_credentials&client_id=%s&client_assertion_type=%s"
                                + "&client_assertion=%s")
                        .formatted(
                                encoded(principal),
                                encoded(ASSERTION_TYPE),
                                assertion(key, principal));
        var grant = door.token(form, Optional.empty());
        keep(grant);
        return grant;
    }

    private void keep(Grant grant) {
        try {
            PrivateFile.write(stateDir.resolve(KEPT), grant.kept());
        } catch (UncheckedIOException failure) {
            // It is as good without; only a start while the auth-service is away needs it.
            LOG.atWarn().addKeyValue("cause", failure.toString()).log("A token can't be kept");
        }
    }

    /// An agent that starts again while the auth-service is away is who it was.
    @Override
    public Optional<Grant> kept() {
        try {
            return PrivateFile.line(stateDir.resolve(KEPT)).flatMap(Grant::ofKept);
        } catch (UncheckedIOException failure) {
            LOG.atWarn().addKeyValue("cause", failure.toString()).log("A kept token can't be read");
            return Optional.empty();
        }
    }

    /// Should the answer be lost, the same key asks again: the auth-service knows it by then.
    private String join(AgentKey key, Path name) {
        var token =
                PrivateFile.line(joinTokenFile)
                        .orElseThrow(() ->
                                new CredentialFault("There is no join token in " + joinTokenFile));
        var principal = door.join(token, key.publicText(), hostname);
        PrivateFile.write(name, principal + "\n");
        LOG.atInfo().addKeyValue("principal", principal).log("This agent has joined the cluster");
        return principal;
    }

    private String assertion(AgentKey key, String principal) {
        var now = door.clock().instant();
        var claims =
                new JWTClaimsSet.Builder()
                        .issuer(principal)
                        .subject(principal)
                        .audience(door.tokenAddress().toString())
                        .jwtID(UUID.randomUUID().toString())
                        .issueTime(Date.from(now))
                        .notBeforeTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(ASSERTION_LIFE)))
                        .build();
        try {
            var assertion = new SignedJWT(new JWSHeader(JWSAlgorithm.ES256), claims);
            assertion.sign(new ECDSASigner(key.secret()));
            return assertion.serialize();
        } catch (JOSEException unusable) {
            throw new CredentialFault("The agent's key cannot sign", unusable);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
