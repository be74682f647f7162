package io.meseta.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import io.meseta.authorization.SubjectKind;
import io.meseta.platform.bundles.CurrentBundle;
import io.meseta.platform.testing.StandInBook;
import io.meseta.platform.testing.StandInKeys;
import io.meseta.testkit.FakeTime;
import io.meseta.testkit.fuzz.Choices;
import io.meseta.testkit.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What comes after `Authorization:`, and tokens whose claims are odd: nobody gets in who has not
/// the key, and nobody learns more than that.
public final class TokenFuzz {

    private static final StandInKeys KEYS = new StandInKeys("k1");
    private static final FakeTime TIME = new FakeTime();
    private static final List<String> WORDS =
            List.of("meseta", "ann", "user", "agent", "at+jwt", "ES256", "none", "k1", "id-1");
    private static final Authenticator AUTHENTICATOR = authenticator();

    private static final Fuzz FUZZ =
            Fuzz.of(TokenFuzz.class, TokenFuzz::fuzzerTestOneInput, TokenFuzz::seeds);

    @TestFactory
    Stream<DynamicTest> takesWhateverComes() {
        return FUZZ.tests(1_500);
    }

    /// Called by the fuzzer.
    public static void fuzzerInitialize() {
        FUZZ.layOutSeeds();
    }

    /// Called by the fuzzer.
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        if (input.length == 0) return;
        if ((input[0] & 1) == 0) {
            // Without a signature of ours nobody is known; Basic costs a hash, and is not tried.
            var text = new String(input, 1, input.length - 1, StandardCharsets.ISO_8859_1);
            assertThat(check(text)).as(text).isNotInstanceOf(Recognition.Known.class);
            return;
        }
        var choices = new Choices(input, WORDS);
        assertThat(check(signed(choices))).isNotNull();
    }

    private static Recognition check(String token) {
        return AUTHENTICATOR.recognise("Bearer " + token, "127.0.0.1");
    }

    @SuppressWarnings("JavaUtilDate") // the library's claims are so
    private static String signed(Choices choices) {
        var claims = new JWTClaimsSet.Builder();
        claims.issuer(choices.text()).subject(choices.text()).jwtID(choices.text());
        claims.audience(List.of(choices.text(), choices.text()));
        claims.claim("kind", choices.coin() ? choices.text() : finite(choices));
        claims.issueTime(new Date(choices.whole()));
        claims.notBeforeTime(new Date(choices.whole()));
        claims.expirationTime(new Date(choices.whole()));
        for (int i = 0; i < 4; i++) claims.claim(choices.text(), choices.text());
        claims.claim("deep", List.of(List.of(finite(choices)), choices.whole()));
        return KEYS.sign(claims.build());
    }

    /// JSON has no other numbers, so nobody can sign one.
    private static double finite(Choices choices) {
        double number = choices.number();
        return Double.isFinite(number) ? number : 0;
    }

    private static Authenticator authenticator() {
        var current = new CurrentBundle();
        var book = new StandInBook().add(SubjectKind.USER, "ann");
        current.use(book.bundle(KEYS, TIME.instant())).orThrow();
        return new Authenticator(current, false, TIME);
    }

    private static List<byte[]> seeds() {
        var others = new StandInKeys("k1");
        var token = others.sign(new JWTClaimsSet.Builder().issuer("meseta").subject("ann").build());
        var none =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(
                                "{\"alg\":\"none\",\"typ\":\"at+jwt\"}"
                                        .getBytes(StandardCharsets.UTF_8));
        return Stream.of("\0" + token, "\0" + none + ".e30.", "\0a.b.c", "\0..", "\1abcdefgh")
                .map(each -> each.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }
}
