package io.meseta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EndpointTest {

    @ParameterizedTest
    @CsvSource({
        "localhost, http://localhost:5050",
        "localhost:81, http://localhost:81",
        "http://a.example:81/, http://a.example:81",
        "HTTPS://a.example, https://a.example:5050",
        "'[::1]:82', 'http://[::1]:82'",
    })
    void readsHostAndPort(String text, String base) {
        assertThat(Endpoint.parse(text, 5050)).hasToString(base);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ftp://a", "a:b", "http://a/b", "http://a?b", "a b", "a:70000", "a:0"})
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> Endpoint.parse(text, 5050))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepsAPasswordOutOfItsMessage() {
        assertThatThrownBy(() -> Endpoint.parse("http://user:hunter2@a", 5050))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void putsBracketsRoundAnAddressOfVersionSix() {
        assertThat(Endpoint.of("::1", 5051)).hasToString("http://[::1]:5051");
    }
}
