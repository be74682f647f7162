package io.meseta.master.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.master.wire.Unacceptable;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LinearPatternTest {

    private static final int PROGRAM_MAX = 100;

    @Test
    void matchesTheWholeText() throws Unacceptable {
        var pattern = LinearPattern.compile("r[0-9]+|x", PROGRAM_MAX);

        assertThat(pattern.matches("r12")).isTrue();
        assertThat(pattern.matches("x")).isTrue();
        assertThat(pattern.matches("ar12")).isFalse();
        assertThat(pattern.matches("r12b")).isFalse();
    }

    @Test
    void isEqualToAnotherOfTheSameWords() throws Unacceptable {
        assertThat(LinearPattern.compile("a+", PROGRAM_MAX))
                .isEqualTo(LinearPattern.compile("a+", PROGRAM_MAX))
                .isNotEqualTo(LinearPattern.compile("a*", PROGRAM_MAX));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "( 'missing ): ('",
                "a) 'unexpected ): a)'",
                "[a 'missing ]: [a'",
                "* 'no argument for repetition operator: *'",
                "a** 'bad repetition operator: **'",
                "\\ 'trailing \\'",
                "\\8 'invalid escape sequence: \\8'",
                "x{1001} 'invalid repetition size: {1001}'",
                "[z-a] 'invalid character class range: z-a'",
            })
    void saysInTheWordsOfRe2WhatIsWrong(String regex, String complaint) {
        assertThatThrownBy(() -> LinearPattern.compile(regex, PROGRAM_MAX))
                .isInstanceOf(Unacceptable.class)
                .hasMessage("Failed to construct regex from pattern '" + regex + "': " + complaint);
    }

    @Test
    void refusesPatternsThatAreTooLarge() {
        assertThatThrownBy(() -> LinearPattern.compile("x{200}", PROGRAM_MAX))
                .hasMessageMatching(
                        "Regex 'x\\{200}' is too complex: program size of \\d+ is larger than"
                                + " maximum of 100 allowed");
        assertThatThrownBy(() -> LinearPattern.compile("x".repeat(513), PROGRAM_MAX))
                .hasMessageEndingWith("pattern too large - compile failed");
    }

    @Test
    void doesNotEvenTryRepetitionsOfRepetitions() {
        for (var regex :
                new String[] {
                    "((x{1000}){1000}){1000}", "(((x{1,99}){99}){99}){99}", "([]a]{999}\\({2}){999}"
                })
            assertThatThrownBy(() -> LinearPattern.compile(regex, PROGRAM_MAX))
                    .hasMessageEndingWith("pattern too large - compile failed");
    }

    @Test
    void takesNoLongerForAPatternThatWouldTakeForEver() throws Unacceptable {
        var pattern = LinearPattern.compile("(a|a)*(a|a)*(a|a)*b", PROGRAM_MAX);
        var began = System.nanoTime();

        assertThat(pattern.matches("a".repeat(4_000))).isFalse();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "abc 3",
                "a{3} 3",
                "(ab){3}c 13",
                "[a-z]{2,5} 5",
                "a{,5} 5",
                "{a(b{5} 6",
                "\\(a\\) 3"
            })
    void guessesTheSize(String regex, long size) {
        assertThat(RegexSize.of(regex)).isEqualTo(size);
    }
}
