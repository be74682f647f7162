package io.meseta.authorization.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.testkit.Seeds;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// YAML and JSON give the same tree; hostile texts give a problem with its place.
final class DocumentTest {

    @Test
    void readsYamlAndJsonAlike() {
        var yaml = read("a: 1\nb: [x, {c: 'no'}]\n");
        var json = read("{\"a\": 1,\n\t\"b\": [\"x\", {\"c\": \"no\"}]}");

        assertThat(shape(yaml)).isEqualTo(shape(json)).isEqualTo("{a=1, b=[x, {c=no}]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing",
                "a: &x 1\nb: *x",
                "a: *x",
                "a: !!java.net.URL [http://x]",
                "!x {a: 1}",
                "%YAML 1.1\n---\na: 1",
                "a: 1\n---\nb: 2",
                "a: 1\na: 2",
                "? [a]\n: 1",
                "? {a: b}\n: 1",
                "\ta: 1",
                "a: \"x",
                "a: [",
                "{\"a\": 1,}",
                "{\"a\": 1} x",
                "{\"a\": 1} {}",
                "{\"a\": 1, \"a\": 2}",
                "{a: 1}",
                "{\"a\": NaN}",
                "{\"a\": 01}",
                "[1 2]",
                "{",
                "a: \u0001"
            })
    void refusesWhatIsNotPlain(String text) {
        assertThat(new Document("x.yaml", text).read()).isInstanceOf(Outcome.Bad.class);
    }

    @Test
    void saysWhereATextBreaks() {
        var outcome = new Document("x.yaml", "a: 1\nb: *other\n").read();

        assertThat(outcome).isInstanceOf(Outcome.Bad.class);
        assertThat(((Outcome.Bad<Tree>) outcome).problems().getFirst())
                .hasToString(
                        "x.yaml:2:4: the alias '*other' is not allowed: write out what it stands"
                                + " for");
    }

    @Test
    void refusesDepthAndSize() {
        assertThat(bad("[".repeat(10_000))).contains("nest");
        assertThat(bad("a: " + "[".repeat(10_000))).contains("nest");
        assertThat(bad("{\"a\":".repeat(5_000))).contains("nest");
        assertThat(bad("a: " + "x".repeat(Document.BYTES_MAX))).contains("longer");
    }

    @Test
    void survivesWhateverChanceWrites() {
        var words =
                List.of(
                        "a", ":", " ", "\n", "-", "{", "}", "[", "]", "\"", "'", ",", "&x", "*x",
                        "|", ">", "#", "!", "%", "?", "~", "\t", "\\", "null", "1", "\u0085",
                        "\ud800", "rules", "---", "...");
        Seeds.run(
                4_000,
                random -> {
                    var text = new StringBuilder();
                    int length = random.nextInt(40);
                    for (int i = 0; i < length; i++)
                        text.append(words.get(random.nextInt(words.size())));

                    assertThat(new Document("x", text.toString()).read()).isNotNull();
                });
    }

    private static Tree read(String text) {
        return new Document("x.yaml", text).read().orThrow();
    }

    private static String bad(String text) {
        return switch (new Document("x.yaml", text).read()) {
            case Outcome.Good<Tree> _ -> "";
            case Outcome.Bad<Tree>(var problems) -> problems.toString();
        };
    }

    private static String shape(Tree tree) {
        return switch (tree) {
            case Tree.Word(_, var value, _) -> value;
            case Tree.Sequence(_, var items) ->
                    items.stream().map(DocumentTest::shape).toList().toString();
            case Tree.Mapping(_, var entries) -> {
                var shapes = new java.util.LinkedHashMap<String, String>();
                entries.forEach((key, value) -> shapes.put(key, shape(value)));
                yield shapes.toString();
            }
        };
    }
}
