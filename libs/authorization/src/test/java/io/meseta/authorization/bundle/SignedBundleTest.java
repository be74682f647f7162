package io.meseta.authorization.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.authorization.Groups;
import io.meseta.authorization.SubjectKind;
import io.meseta.model.Opaque;
import io.meseta.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// A bundle is believed only if nobody has touched it, and only for a while.
final class SignedBundleTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final KeyPair KEYS = keys();
    private static final KeyPair OTHERS = keys();
    private static final TrustedKeys TRUSTED = TrustedKeys.of(Map.of("k1", KEYS.getPublic()));

    private static final Identities IDENTITIES =
            new Identities(
                    "meseta",
                    new TreeMap<>(Map.of("t1", Opaque.of(new byte[] {1, 2, 3}))),
                    new TreeMap<>(Map.of("k1", Opaque.of(KEYS.getPublic().getEncoded()))),
                    new TreeMap<>(
                            Map.of("ann", new Verifier(SubjectKind.USER, List.of("$argon2id$1")))),
                    new TreeMap<>(Map.of("token-7", NOW)),
                    new TreeMap<>(Map.of("otto", Instant.MAX)));

    private static final Bundle BUNDLE =
            Bundle.of(
                            7,
                            NOW,
                            Map.of("a", "policy: a", "b", "policy: \u00e9"),
                            Groups.of(Map.of("ops", List.of("olga", "otto"), "none", List.of())))
                    .withIdentities(IDENTITIES);

    private final SignedBundle signed = SignedBundle.sign(BUNDLE, "k1", KEYS.getPrivate());

    @Test
    void travelsAndIsBelieved() {
        var arrived = SignedBundle.parse(signed.asBytes()).orElseThrow();

        assertThat(arrived.check(TRUSTED, 0, NOW)).isEqualTo(new Receipt.Accepted(BUNDLE));
        assertThat(arrived.check(TRUSTED, 7, NOW)).isEqualTo(new Receipt.Accepted(BUNDLE));
        assertThat(arrived.asBytes()).isEqualTo(signed.asBytes());
    }

    @Test
    void isRefusedIfAnyByteHasBeenTouched() {
        var bytes = signed.asBytes();
        for (int i = 0; i < bytes.length; i++) {
            for (int bit = 0; bit < 8; bit += 3) {
                var touched = bytes.clone();
                touched[i] ^= (byte) (1 << bit);

                assertIsNotAccepted(touched);
            }
        }
    }

    @Test
    void isRefusedIfCutOrLengthened() {
        var bytes = signed.asBytes();
        for (int length = 0; length < bytes.length; length++) {
            assertIsNotAccepted(Arrays.copyOf(bytes, length));
        }
        assertIsNotAccepted(Arrays.copyOf(bytes, bytes.length + 1));
    }

    @Test
    void survivesWhateverChanceSends() {
        Seeds.run(
                500,
                random -> {
                    var bytes = new byte[random.nextInt(400)];
                    random.nextBytes(bytes);
                    if (bytes.length > 3) {
                        bytes[0] = 2;
                        bytes[1] = 'k';
                        bytes[2] = '1';
                    }
                    assertIsNotAccepted(bytes);
                });
    }

    private static void assertIsNotAccepted(byte[] bytes) {
        SignedBundle.parse(bytes)
                .ifPresent(parsed ->
                        assertThat(parsed.check(TRUSTED, 0, NOW))
                                .isInstanceOf(Receipt.Refused.class));
    }

    @Test
    void isRefusedWhereItsKeyIsNotTrusted() {
        assertThat(signed.check(TrustedKeys.of(Map.of()), 0, NOW))
                .isEqualTo(new Receipt.Refused.UnknownKey("k1"));
        assertThat(signed.check(TrustedKeys.of(Map.of("k1", OTHERS.getPublic())), 0, NOW))
                .isEqualTo(new Receipt.Refused.BadSignature("k1"));
        var forged = SignedBundle.sign(BUNDLE, "k1", OTHERS.getPrivate());
        assertThat(forged.check(TRUSTED, 0, NOW)).isEqualTo(new Receipt.Refused.BadSignature("k1"));
    }

    @Test
    void isRefusedUnderAnotherOfTheTrustedNames() {
        var both = TrustedKeys.of(Map.of("k1", KEYS.getPublic(), "k2", KEYS.getPublic()));
        var bytes = signed.asBytes();
        bytes[2] = '2';

        assertThat(SignedBundle.parse(bytes).orElseThrow().check(both, 0, NOW))
                .isEqualTo(new Receipt.Refused.BadSignature("k2"));
    }

    @Test
    void isRefusedIfNewerIsKnown() {
        assertThat(signed.check(TRUSTED, 8, NOW)).isEqualTo(new Receipt.Refused.Rollback(7, 8));
    }

    @Test
    void isRefusedOnceExpired() {
        var expires = NOW.plus(Bundle.LIFETIME);

        assertThat(signed.check(TRUSTED, 0, expires.minusNanos(1)))
                .isInstanceOf(Receipt.Accepted.class);
        assertThat(signed.check(TRUSTED, 0, expires))
                .isEqualTo(new Receipt.Refused.Expired(expires));
    }

    @Test
    void isRefusedIfItComesFromTheFuture() {
        var early = NOW.minus(SignedBundle.CLOCK_SKEW_MAX);

        assertThat(signed.check(TRUSTED, 0, early)).isInstanceOf(Receipt.Accepted.class);
        assertThat(signed.check(TRUSTED, 0, early.minusSeconds(1)))
                .isInstanceOf(Receipt.Refused.FromTheFuture.class);
    }

    @Test
    void cannotLiveTooLong() {
        assertThatThrownBy(() -> lasting(Bundle.LIFETIME_MAX.plusSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> lasting(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(lasting(Bundle.LIFETIME_MAX)).isNotNull();
    }

    private static Bundle lasting(Duration lifetime) {
        return new Bundle(
                1, NOW, NOW.plus(lifetime), new TreeMap<>(), Groups.NONE, Identities.NONE);
    }

    @Test
    void hasOneSpelling() {
        var bytes = BundleBytes.write(BUNDLE);

        assertThat(BundleBytes.read(bytes)).contains(BUNDLE);
        // The names of the two policies in the wrong order.
        var swapped = new String(bytes, StandardCharsets.ISO_8859_1);
        swapped = swapped.replace("\u0001a\0", "\u0001z\0");
        assertThat(BundleBytes.read(swapped.getBytes(StandardCharsets.ISO_8859_1))).isEmpty();
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
