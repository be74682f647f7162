package io.meseta.authorization.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.authorization.CallPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Templates of paths.
final class PathTemplateTest {

    @ParameterizedTest
    @CsvSource({
        "/, /, true",
        "/, /a, false",
        "/a, /a, true",
        "/a, /a/, true",
        "/a/, /a, true",
        "/a, /a/b, false",
        "/a/**, /a, true",
        "/a/**, /a/b/c, true",
        "/a/**, /ab, false",
        "/**, /, true",
        "/**, /x/y, true",
        "/a/*/c, /a/b/c, true",
        "/a/{id}/c, /a/b/c, true",
        "/a/{id}/c, /a/c, false",
        "/v*/x, /v12/x, true",
        "/v*/x, /w/x, false",
        "/a b, /a%20b, true",
        "/admin, /%61dmin, true",
        "/admin, /Admin, false"
    })
    void matches(String template, String raw, boolean isMatch) {
        assertThat(PathTemplate.of(template).matches(segments(raw))).isEqualTo(isMatch);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "//",
                "/a//b",
                "/a/../b",
                "/./a",
                "/a/**/b",
                "/a**",
                "/a%20b",
                "/a?b",
                "/{a",
                "/x{a}",
                "/{}",
                "/{a b}",
                "/{a}/{a}",
                "/a\\b"
            })
    void refuses(String template) {
        assertThat(PathTemplate.problem(template)).isPresent();
    }

    @Test
    void saysWhatItsVariablesStandFor() {
        var template = PathTemplate.of("/users/{user}/orders/{order}");

        assertThat(template.variables(segments("/users/ann/orders/7")))
                .isEqualTo(Map.of("user", "ann", "order", "7"));
    }

    private static List<String> segments(String raw) {
        return ((CallPath.Clear) CallPath.of(raw)).segments();
    }
}
