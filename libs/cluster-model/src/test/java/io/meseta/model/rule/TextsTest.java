package io.meseta.model.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {

    private static final int BYTES_MAX = 12;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abcd",
                "abcdefghijkl",
                "\u007fabcdefghijk",
                "\u0080\u0080\u0080\u0080\u0080ab",
                "\u07ff\u07ff\u07ff\u07ff\u07ff\u07ff",
                "\u0800\u0800\u0800\u0800",
                "\ud83d\ude00\ud83d\ude00\ud83d\ude00"
            })
    void fitAsLongAsTheirUtf8Does(String text) {
        assertThat(Texts.isLongerThan(BYTES_MAX, text)).isFalse();
        assertThat(Texts.isLongerThan(BYTES_MAX, text + "x".repeat(BYTES_MAX + 1))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abcdefghijklm", "\u0080\u0080\u0080\u0080\u0080abc",
                "\u07ff\u07ff\u07ff\u07ff\u07ff\u07ffa", "\u0800\u0800\u0800\u0800a",
                "\ud83d\ude00\ud83d\ude00\ud83d\ude00a", "\uffff\uffff\uffff\uffff\uffff"
            })
    void areTooLongByOneByteMore(String text) {
        assertThat(Texts.isLongerThan(BYTES_MAX, text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "a\u001f", "\u007f", "a\nb"})
    void haveControlCharacters(String text) {
        assertThat(Texts.hasControlCharacter(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "~", "a b", "\u0080", "\u00e9"})
    void haveNone(String text) {
        assertThat(Texts.hasControlCharacter(text)).isFalse();
    }
}
