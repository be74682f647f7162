package io.meseta.authorization.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.testkit.Seeds;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Patterns mean what their comment says, at once.
final class NamePatternTest {

    @ParameterizedTest
    @CsvSource({
        "eng, eng, true",
        "eng, eng/web, false",
        "eng/**, eng, true",
        "eng/**, eng/web, true",
        "eng/**, eng/web/a, true",
        "eng/**, engine, false",
        "eng/*/**, eng, false",
        "eng/*/**, eng/web, true",
        "eng/*/**, eng/web/a, true",
        "eng/*, eng/web, true",
        "eng/*, eng/web/a, false",
        "eng/*, eng, false",
        "*, eng/web, true",
        "**, eng/web, true",
        "\\*, eng, false",
        "\\*, *, true",
        "a*c, abbc, true",
        "a*c, ac, true",
        "a*c, a/c, false",
        "a*b*c, aXbYbZc, true",
        "a*b*c, aXc, false",
        "*a/b, xa/b, true",
        "*a/b, x/a/b, false",
        "*aba, aba, true",
        "aba*aba, aba, false",
        "aba*aba, abaaba, true",
        "/metrics/**, /metrics/snapshot, true",
        "/metrics/**, /metricsx, false",
        "/**, /x, true"
    })
    void matches(String pattern, String name, boolean isMatch) {
        assertThat(NamePattern.of(pattern).matches(name)).isEqualTo(isMatch);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a**", "**/a", "a/**/b", "a\\", "a\\b", "\\/", "a*b*c*d*e*f*g*h*i*j"})
    void refuses(String pattern) {
        assertThat(NamePattern.problem(pattern)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "a*b", "a\\b", "\\", "**", "eng/**", "é", "a/%"})
    void meansExactlyAName(String name) {
        var pattern = NamePattern.exactly(name);

        assertThat(pattern.literal()).contains(name);
        assertThat(pattern.matches(name)).isTrue();
        assertThat(pattern.matches(name + "x")).isFalse();
    }

    @Test
    void knowsTheRootOfASubtree() {
        assertThat(NamePattern.of("eng/**").root()).contains("eng");
        assertThat(NamePattern.of("eng/*/**").root()).contains("eng");
        assertThat(NamePattern.below("a*").root()).contains("a*");
        assertThat(NamePattern.of("e*/**").root()).isEmpty();
        assertThat(NamePattern.of("eng").root()).isEmpty();
    }

    @Test
    void agreesWithARegularExpression() {
        var pieces = List.of("a", "b", "/", "*", "\\*");
        Seeds.run(
                5_000,
                random -> {
                    var text = new StringBuilder();
                    var regex = new StringBuilder();
                    int length = 1 + random.nextInt(6);
                    for (int i = 0; i < length; i++) {
                        var piece = pieces.get(random.nextInt(pieces.size()));
                        text.append(piece);
                        regex.append(piece.equals("*") ? "[^/]*" : piece);
                    }
                    // Two single stars that chance put side by side would read as the double one.
                    if (text.toString().contains("**")) return;
                    if (random.nextInt(4) == 0) {
                        text.append("/**");
                        regex.append("(/.*)?");
                    }
                    if (NamePattern.problem(text.toString()).isPresent()) return;
                    if (text.toString().matches("[*]+")) return;
                    var name = new StringBuilder();
                    int size = random.nextInt(7);
                    for (int i = 0; i < size; i++) name.append("ab/*".charAt(random.nextInt(4)));

                    assertThat(NamePattern.of(text.toString()).matches(name.toString()))
                            .as("%s on %s", text, name)
                            .isEqualTo(name.toString().matches(regex.toString()));
                });
    }

    @Test
    void staysQuickOnHostileNames() {
        var pattern = NamePattern.of("*a*a*a*a*a*a*a*b");
        var name = "a".repeat(1_000_000);

        assertThat(pattern.matches(name)).isFalse();
    }
}
