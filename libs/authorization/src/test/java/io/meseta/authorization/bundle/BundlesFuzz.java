package io.meseta.authorization.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.authorization.Groups;
import io.meseta.authorization.SubjectKind;
import io.meseta.model.Opaque;
import io.meseta.testkit.fuzz.Fuzz;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Bundles as they come over the wire: nothing, or exactly what was written.
public final class BundlesFuzz {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static final Fuzz FUZZ =
            Fuzz.of(BundlesFuzz.class, BundlesFuzz::fuzzerTestOneInput, BundlesFuzz::seeds);

    @TestFactory
    Stream<DynamicTest> takeWhateverComes() {
        return FUZZ.tests(15_000);
    }

    /// Called by the fuzzer.
    public static void fuzzerInitialize() {
        FUZZ.layOutSeeds();
    }

    /// Called by the fuzzer.
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        BundleBytes.read(input)
                .ifPresent(bundle -> assertThat(BundleBytes.write(bundle)).isEqualTo(input));
        SignedBundle.parse(input)
                .ifPresent(signed -> {
                    assertThat(signed.asBytes()).isEqualTo(input);
                    assertThat(signed.check(TrustedKeys.of(Map.of()), 0, NOW))
                            .isInstanceOf(Receipt.Refused.class);
                });
    }

    private static List<byte[]> seeds() {
        var identities =
                new Identities(
                        "meseta",
                        new TreeMap<>(Map.of("t1", Opaque.of(new byte[] {1, 2, 3}))),
                        new TreeMap<>(Map.of("k1", Opaque.of(new byte[] {4}))),
                        new TreeMap<>(
                                Map.of(
                                        "ann",
                                        new Verifier(SubjectKind.USER, List.of("$argon2id$1")))),
                        new TreeMap<>(Map.of("token-7", NOW)),
                        new TreeMap<>(Map.of("otto", NOW)));
        var bundle =
                Bundle.of(
                                7,
                                NOW,
                                Map.of("a", "policy: a", "b", "policy: \u00e9"),
                                Groups.of(Map.of("ops", List.of("olga"), "none", List.of())))
                        .withIdentities(identities);
        var bytes = BundleBytes.write(bundle);
        var signed = new byte[3 + 64 + bytes.length];
        signed[0] = 2;
        signed[1] = 'k';
        signed[2] = '1';
        System.arraycopy(bytes, 0, signed, 67, bytes.length);
        return List.of(bytes, signed);
    }
}
