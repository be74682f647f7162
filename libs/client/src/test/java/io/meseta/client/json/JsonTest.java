package io.meseta.client.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {

    @Test
    void readsWhatItPrints() {
        var text =
                "{\"a\":[1,-2.5e3,true,false,null],\"b\":{\"c\":\"x\\n\\u00e9\\\"\\\\\"},\"d\":[]}";

        var json = Json.parse(text);

        assertThat(Json.parse(json.print())).isEqualTo(json);
        assertThat(json.member("b").flatMap(b -> b.textOf("c"))).hasValue("x\né\"\\");
        assertThat(json.itemsOf("a")).hasSize(5);
    }

    @Test
    void printsControlCharactersAsEscapes() {
        assertThat(Json.text("\u0001\t").print()).isEqualTo("\"\\u0001\\t\"\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "{", "[1,", "[1 2]", "{\"a\"}", "{\"a\":}", "{a:1}", "\"abc", "\"\\x\"",
                        "\"\\u12g4\"",
                "tru", "nul", "1 2", "--1", "1e", "'a'", "[,]", "{,}", "\"\n\"", "\"\\"
            })
    void refusesWhatIsNoJson(String text) {
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(MalformedJson.class);
    }

    @Test
    void refusesDeepNesting() {
        var text = "[".repeat(100_000);

        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(MalformedJson.class)
                .hasMessageContaining("nested");
    }

    @Test
    void refusesNumbersThatCostTooMuch() {
        assertThatThrownBy(() -> Json.parse("1".repeat(101))).isInstanceOf(MalformedJson.class);
        assertThat(Json.parse("{\"n\":1e999999999}").longOf("n")).isEmpty();
        assertThat(Json.parse("{\"n\":1e-999999999}").longOf("n")).hasValue(0L);
    }

    @Test
    void answersNothingForMembersOfAnotherKind() {
        var json = Json.parse("{\"text\":\"a\",\"number\":7}");

        assertThat(json.textOf("number")).isEmpty();
        assertThat(json.longOf("text")).isEmpty();
        assertThat(json.itemsOf("text")).isEmpty();
        assertThat(Json.array(List.of()).member("text")).isEmpty();
    }
}
