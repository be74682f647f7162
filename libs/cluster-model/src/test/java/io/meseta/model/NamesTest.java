package io.meseta.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"|ID must not be empty",
                ".|'.' is disallowed",
                "..|'..' is disallowed",
                "a/b|'a/b' contains invalid characters",
            })
    void saysWhatIsWrongWithAnId(String id, String problem) {
        assertThat(Ids.problem(id)).contains(problem);
        assertThatThrownBy(() -> new TaskId(id)).hasMessage(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\u0000", "\u007f"})
    void refusesControlCharactersInAnId(String id) {
        assertThat(Ids.problem(id)).isPresent();
    }

    @Test
    void countsTheLengthOfAnIdInBytes() {
        assertThat(Ids.problem("x".repeat(255))).isEmpty();
        assertThat(Ids.problem("x".repeat(256)))
                .contains("ID must not be greater than 255 characters");
        assertThat(Ids.problem("\u00e9".repeat(127))).isEmpty();
        assertThat(Ids.problem("\u00e9".repeat(128))).isPresent();
        assertThat(Ids.problem("\u20ac".repeat(85))).isEmpty();
        assertThat(Ids.problem("\u20ac".repeat(86))).isPresent();
        assertThat(Ids.problem("\ud83d\ude00".repeat(63))).isEmpty();
        assertThat(Ids.problem("\ud83d\ude00".repeat(64))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "a", "eng/web", "a-b", "a/b/c", "...", "a*"})
    void takesRolesThatMesosTakes(String name) {
        assertThat(Role.problem(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "\"\"|Role names cannot be the empty string",
                "/a|Role '/a' cannot start with a slash",
                "a/|Role 'a/' cannot end with a slash",
                "a//b|Role 'a//b' cannot contain two adjacent slashes",
                "a/*|Role 'a/*' cannot include '*' as a component",
                ".|Role '.' cannot include '.' as a component",
                "a/..|Role 'a/..' cannot include '..' as a component",
                "a/-b|Role component '-b' is invalid because it begins with a dash",
                "b c|Role component 'b c' is invalid because it contains backspace or whitespace",
            })
    void saysWhatIsWrongWithARole(String name, String problem) {
        assertThat(Role.problem(name)).contains(problem);
        assertThatThrownBy(() -> new Role(name)).hasMessage(problem);
    }

    @Test
    void boundsTheLengthOfARole() {
        assertThat(Role.problem("a/".repeat(512) + "a")).isPresent();
        assertThat(Role.problem("a/".repeat(511) + "a")).isEmpty();
    }

    @Test
    void knowsTheTreeOfRoles() {
        var leaf = new Role("eng/web/api");

        assertThat(leaf.parent()).contains(new Role("eng/web"));
        assertThat(leaf.ancestors()).containsExactly(new Role("eng/web"), new Role("eng"));
        assertThat(new Role("eng").parent()).isEmpty();
        assertThat(new Role("eng").isAncestorOf(leaf)).isTrue();
        assertThat(new Role("en").isAncestorOf(leaf)).isFalse();
        assertThat(leaf.isAncestorOf(leaf)).isFalse();
        assertThat(Role.ANY.isAncestorOf(leaf)).isFalse();
        assertThat(Role.ANY.parent()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAWeightThatIsNone(double value) {
        assertThatThrownBy(() -> new Weight(value)).hasMessage("Weights must be positive");
    }
}
