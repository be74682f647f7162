package io.meseta.master.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.wire.Unacceptable;
import io.meseta.testkit.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Regular expressions of offer constraints: refused in words, or matched in time that grows with
/// the text alone.
public final class RegexFuzz {

    private static final int PROGRAM_MAX = 100;
    private static final String TEXT = "rack-a1/zone.b ".repeat(200);

    private static final Fuzz FUZZ =
            Fuzz.of(RegexFuzz.class, RegexFuzz::fuzzerTestOneInput, RegexFuzz::seeds);

    @TestFactory
    Stream<DynamicTest> takeWhateverComes() {
        return FUZZ.tests(6_000);
    }

    /// Called by the fuzzer.
    public static void fuzzerInitialize() {
        FUZZ.layOutSeeds();
    }

    /// Called by the fuzzer.
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        var regex = new String(input, StandardCharsets.UTF_8);
        try {
            var pattern = LinearPattern.compile(regex, PROGRAM_MAX);
            assertThat(pattern.matches(TEXT)).isIn(true, false);
            assertThat(pattern.matches(regex)).isIn(true, false);
            assertThat(pattern).isEqualTo(LinearPattern.compile(regex, PROGRAM_MAX));
        } catch (Unacceptable refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        }
    }

    private static List<byte[]> seeds() {
        return Stream.of(
                        "rack-[a-z][0-9]+",
                        "(a|b)*c{2,5}(?i:X)?$",
                        "^((a{10}){10}){10}",
                        "[[:alpha:]]\\pL\\x{10ffff}\\Q.\\E",
                        "(?P<name>a)\\b\\z.*?",
                        "[]a^-]|[^]b]{3}",
                        "a{1000}{1000}",
                        "((((((((((a?){9}){9}){9}){9}){9}){9}){9}){9}){9}){9}")
                .map(each -> each.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
