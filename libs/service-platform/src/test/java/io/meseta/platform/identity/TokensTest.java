package io.meseta.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.meseta.authorization.SubjectKind;
import io.meseta.platform.bundles.CurrentBundle;
import io.meseta.platform.testing.StandInBook;
import io.meseta.platform.testing.StandInKeys;
import io.meseta.testkit.FakeTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokens as they should be, and as somebody would have them who should not get in.
final class TokensTest {

    private static final StandInKeys KEYS = new StandInKeys("k1");
    private static final StandInKeys OTHERS = new StandInKeys("k1");

    private final FakeTime time = new FakeTime();
    private final StandInBook book = new StandInBook().add(SubjectKind.USER, "ann");
    private final CurrentBundle current = new CurrentBundle();
    private final Authenticator authenticator = new Authenticator(current, false, time);

    @BeforeEach
    void publish() {
        current.use(book.bundle(KEYS, time.instant())).orThrow();
    }

    @Test
    void areBelievedIfAllIsRight() {
        var claims = claims().claim("team", "web").build();

        assertThat(recognise(KEYS.sign(claims)))
                .isInstanceOfSatisfying(
                        Recognition.Known.class,
                        known -> {
                            assertThat(known.caller().principal()).isEqualTo("ann");
                            assertThat(known.caller().subject().kind()).isEqualTo(SubjectKind.USER);
                            assertThat(known.caller().subject().claims())
                                    .containsExactly(java.util.Map.entry("team", "web"));
                            assertThat(known.caller().proof())
                                    .isInstanceOfSatisfying(
                                            Proof.Token.class,
                                            token ->
                                                    assertThat(token.id())
                                                            .isEqualTo(claims.getJWTID()));
                        });
    }

    @Test
    void areNotBelievedWithoutASignature() {
        assertRefused(new PlainJWT(claims().build()).serialize());
        var parts = KEYS.sign(claims().build()).split("\\.", -1);
        var none =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(
                                "{\"alg\":\"none\",\"typ\":\"at+jwt\"}"
                                        .getBytes(StandardCharsets.UTF_8));
        assertRefused(none + "." + parts[1] + ".");
        assertRefused(parts[0] + "." + parts[1] + ".");
        assertRefused(parts[0] + "." + parts[1] + "." + "A".repeat(86));
    }

    /// The public key is known to everybody; used as the secret of an HMAC it must open nothing.
    @Test
    void areNotBelievedIfThePublicKeySignedThem() throws JOSEException {
        for (var algorithm : List.of(JWSAlgorithm.HS256, JWSAlgorithm.HS384, JWSAlgorithm.HS512)) {
            var header =
                    new JWSHeader.Builder(algorithm)
                            .type(new JOSEObjectType("at+jwt"))
                            .keyID("k1")
                            .build();
            var token = new SignedJWT(header, claims().build());
            token.sign(new MACSigner(KEYS.tokenKey().asBytes()));
            assertRefused(token.serialize());
        }
    }

    @Test
    void areNotBelievedFromAnotherKeyOfTheSameName() {
        assertRefused(OTHERS.sign(claims().build()));
    }

    @Test
    void areNotBelievedIfTheyBringTheirOwnKey() {
        var header =
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType("at+jwt"))
                        .keyID("k2")
                        .jwk(
                                new com.nimbusds.jose.jwk.ECKey.Builder(
                                                com.nimbusds.jose.jwk.Curve.P_256,
                                                (java.security.interfaces.ECPublicKey)
                                                        OTHERS.tokenPair().getPublic())
                                        .build())
                        .build();
        assertRefused(OTHERS.sign(header, claims().build()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "jwt", "logout+jwt", "dpop+jwt"})
    void areNotBelievedIfTheyAreForSomethingElse(String type) {
        var header =
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType(type))
                        .keyID("k1")
                        .build();
        assertRefused(KEYS.sign(header, claims().build()));
    }

    @Test
    void areNotBelievedWithDemandsThatNobodyKnows() {
        var header =
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(KEYS.header().getType())
                        .keyID(KEYS.id())
                        .customParam("x-must", true)
                        .criticalParams(Set.of("x-must"))
                        .build();
        assertRefused(KEYS.sign(header, claims().build()));
    }

    @Test
    void areNotBelievedWithWrongClaims() {
        Stream.of(
                        claims().issuer("https://elsewhere.test"),
                        claims().issuer(null),
                        claims().audience("other"),
                        claims().audience((String) null),
                        claims().subject(null),
                        claims().subject("  "),
                        claims().jwtID(null),
                        claims().claim("kind", null),
                        claims().claim("kind", "anonymous"),
                        claims().claim("kind", "king"),
                        claims().claim("kind", List.of("user")),
                        claims().issueTime(null),
                        claims().notBeforeTime(null),
                        claims().expirationTime(null))
                .forEach(each -> assertRefused(KEYS.sign(each.build())));
    }

    @Test
    void areNotBelievedBeforeTheirTimeNorAfter() {
        var now = time.instant();
        assertRefused(KEYS.sign(claims().issueTime(at(now.plusSeconds(61))).build()));
        assertRefused(KEYS.sign(claims().notBeforeTime(at(now.plusSeconds(61))).build()));
        assertRefused(KEYS.sign(claims().expirationTime(at(now.plusSeconds(901))).build()));
        assertRefused(
                KEYS.sign(
                        claims().issueTime(at(now.minusSeconds(300)))
                                .expirationTime(at(now.minusSeconds(60)))
                                .build()));
    }

    @Test
    void areBelievedWithinAMinuteOfDoubtAboutTheClock() {
        var now = time.instant();
        assertKnown(KEYS.sign(claims().issueTime(at(now.plusSeconds(59))).build()));
        assertKnown(
                KEYS.sign(
                        claims().issueTime(at(now.minusSeconds(300)))
                                .expirationTime(at(now.minusSeconds(59)))
                                .build()));
    }

    @Test
    void liveLongerIfTheyAreAnAgents() {
        var limit = time.instant().plus(Duration.ofHours(26));
        var agent = claims().subject("agent/1").claim("kind", "agent");

        assertKnown(KEYS.sign(agent.expirationTime(at(limit)).build()));
        assertRefused(KEYS.sign(agent.expirationTime(at(limit.plusSeconds(1))).build()));
    }

    @Test
    void expireEvenIfTheyWereGoodAMomentAgo() {
        var token = KEYS.sign(claims().build());
        assertKnown(token);

        time.advance(Duration.ofMinutes(11));

        assertRefused(token);
    }

    @Test
    void areNotBelievedOnceRevoked() {
        var claims = claims().build();
        var token = KEYS.sign(claims);
        assertKnown(token);
        var caller = ((Recognition.Known) recognise(token)).caller();

        book.revoke(claims.getJWTID(), time.instant().plusSeconds(600));
        publish();

        assertRefused(token);
        assertThat(authenticator.isStillGood(caller)).isFalse();
    }

    @Test
    void areNotBelievedIfTheirPrincipalBeganAnewLater() {
        var token = KEYS.sign(claims().build());
        var caller = ((Recognition.Known) recognise(token)).caller();

        book.notBefore("ann", time.instant());
        publish();
        assertKnown(token);

        book.notBefore("ann", time.instant().plusSeconds(1));
        publish();
        assertRefused(token);
        assertThat(authenticator.isStillGood(caller)).isFalse();
    }

    @Test
    void areNotBelievedOnceTheirKeyIsGone() {
        var token = KEYS.sign(claims().build());
        assertKnown(token);

        current.use(book.bundle(new StandInKeys("k9"), time.instant())).orThrow();

        assertRefused(token);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "a.b", "a.b.c", "....", "e30.e30.e30", "\u0000", "null.null.null"})
    void areNotBelievedIfTheyAreNone(String text) {
        assertRefused(text);
        assertRefused("x".repeat(10_000));
    }

    @Test
    void areNobodysBusinessBeforeTheFirstBundle() {
        var early = new Authenticator(new CurrentBundle(), false, time);

        assertThat(early.recognise("Bearer x", "10.0.0.1")).isInstanceOf(Recognition.NotYet.class);
        assertThat(early.recognise("", "10.0.0.1"))
                .isEqualTo(new Recognition.Known(Caller.ANONYMOUS));
    }

    @Test
    void areOfOneOfTwoSchemes() {
        assertThat(authenticator.recognise("Digest x", "10.0.0.1"))
                .isInstanceOf(Recognition.Unknown.class);
        assertThat(authenticator.recognise("bearer " + KEYS.sign(claims().build()), "10.0.0.1"))
                .isInstanceOf(Recognition.Known.class);
    }

    private JWTClaimsSet.Builder claims() {
        return book.claims("ann", time.instant());
    }

    private static Date at(Instant instant) {
        return Date.from(instant);
    }

    private Recognition recognise(String token) {
        return authenticator.recognise("Bearer " + token, "10.0.0.1");
    }

    private void assertKnown(String token) {
        assertThat(recognise(token)).isInstanceOf(Recognition.Known.class);
    }

    private void assertRefused(String token) {
        assertThat(recognise(token)).as(token).isInstanceOf(Recognition.Unknown.class);
    }
}
