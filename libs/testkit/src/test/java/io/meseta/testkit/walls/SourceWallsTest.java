package io.meseta.testkit.walls;

import static io.meseta.testkit.walls.Planted.breaches;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every wall on sources complains of the breach planted for it, and not of what only looks like
/// it.
final class SourceWallsTest {

    @TempDir Path home;

    @ParameterizedTest
    @ValueSource(strings = {"AgentManager", "OfferUtils", "TaskInfo", "JournalImpl", "FooService"})
    void refusesWordsThatSayNothing(String name) {
        assertThat(breachesOf("empty-words", "final class " + name + " {}"))
                .containsExactly("p/Planted.java: line 2: " + name);
    }

    @Test
    void letsAServiceBeCalledLikeItsModule() {
        assertThat(breachesOf("empty-words", "final class PlantedService {}")).isEmpty();
    }

    @Test
    void refusesGettersButNotThoseALibraryDemands() {
        var text =
                """
                class A extends Thread {
                    int getTotal() { return 1; }
                    @Override public String getName() { return ""; }
                    int getAt(int index) { return index; }
                }
                """;

        assertThat(breachesOf("record-style-accessors", text))
                .containsExactly("p/Planted.java: line 3: getTotal");
    }

    @Test
    void refusesALongFile() {
        assertThat(breachesOf("file-size", "// x\n".repeat(400)))
                .containsExactly("p/Planted.java: 401 lines");
    }

    @Test
    void refusesAWideLineButNotInATextBlock() {
        var wide = "x".repeat(101);
        var text = "class A {\n// " + wide + "\nString s = \"\"\"\n" + wide + "\"\"\";\n}";

        assertThat(breachesOf("line-width", text)).containsExactly("p/Planted.java: line 3");
    }

    @Test
    void refusesALongMethod() {
        var text = "class A {\nvoid tell() {\n" + "int x;\n".repeat(69) + "}\n}";

        assertThat(breachesOf("method-size", text))
                .containsExactly("p/Planted.java: line 3: tell: 71 lines");
    }

    @ParameterizedTest
    @CsvSource({"void call(%s) {}, 6", "A(%s) {}, 8"})
    void refusesMoreParametersThanAHandHolds(String shape, int most) {
        var good = "class A {" + shape.formatted(parameters(most)) + "}";
        var bad = "class A {" + shape.formatted(parameters(most + 1)) + "}";

        assertThat(breachesOf("parameters", good)).isEmpty();
        assertThat(breachesOf("parameters", bad)).hasSize(1);
    }

    @Test
    void refusesARecordThatShouldBeSplit() {
        assertThat(breachesOf("parameters", "record A(" + parameters(10) + ") { A {} }")).isEmpty();
        assertThat(breachesOf("parameters", "record A(" + parameters(11) + ") { A {} }"))
                .anyMatch(line -> line.contains("split it"));
    }

    @Test
    void refusesDeepNestingButNotLongElseIfs() {
        var deep = "class A { void m(boolean b) { if (b) if (b) if (b) if (b) if (b) m(b); } }";
        var flat =
                "class A { void m(boolean b) { if (b) m(b); else if (b) m(b); else if (b) m(b);"
                        + " else if (b) m(b); else if (b) m(b); else m(b); } }";

        assertThat(breachesOf("nesting", deep)).hasSize(1);
        assertThat(breachesOf("nesting", flat)).isEmpty();
    }

    @Test
    void refusesManyBranches() {
        var text = "class A { void m(boolean b) { " + "if (b) m(b);".repeat(16) + " } }";

        assertThat(breachesOf("branches", text))
                .containsExactly("p/Planted.java: line 2: m: branches 16");
    }

    @Test
    void refusesAFullPackage() {
        for (int i = 0; i <= 30; i++) {
            Planted.sources(home, "A" + i + ".java", "package p; class A" + i + " {}");
        }

        var module = Planted.sources(home, "B.java", "package p; class B {}");

        assertThat(breaches("package-size", module)).containsExactly("p: 32 types");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TO" + "DO", "FIX" + "ME"})
    void refusesNotesToSelf(String note) {
        assertThat(breachesOf("no-notes-to-self", "// " + note + " later")).hasSize(1);
    }

    @Test
    void refusesDeadCodeButNotProse() {
        assertThat(breachesOf("no-dead-code", "// call(this);\n// It calls this; then that."))
                .containsExactly("p/Planted.java: line 2: // call(this);");
    }

    @Test
    void refusesOldJavadoc() {
        assertThat(breachesOf("markdown-javadoc", "/** Old. */ class A {}")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "java.lang.constant.ConstantDesc, true",
        "Comparable, false",
        "Unknown, true",
    })
    void refusesADefaultThatHidesVariantsOfSomethingSealed(String type, boolean isRefused) {
        var text =
                "class A { int m(Object o) { return switch (o) { case "
                        + type
                        + " one -> 1; default -> 0; }; } }";

        assertThat(breachesOf("no-default-over-sealed", text)).hasSize(isRefused ? 1 : 0);
    }

    @Test
    void letsADefaultOverTextPass() {
        var text =
                "class A { int m(String s) { "
                        + "return switch (s) { case \"a\" -> 1; default -> 0; }; } }";

        assertThat(breachesOf("no-default-over-sealed", text)).isEmpty();
    }

    @Test
    void refusesOrdinals() {
        assertThat(breachesOf("no-ordinal", "class A { int m(Enum<?> e) { return e.ordinal(); } }"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/// What it is.|@NullMarked|",
                "/// What it is.||not @NullMarked",
                "///|@NullMarked|no first sentence",
                "// What it is.|@NullMarked|no first sentence",
            })
    void refusesARoomWithoutAProperSign(String sentence, String mark, String fault) {
        var sign = sentence + "\n" + (mark == null ? "" : mark) + " package p;";

        var found = breaches("room-signs", Planted.sources(home, "package-info.java", sign));

        if (fault == null) assertThat(found).isEmpty();
        else assertThat(found).containsExactly("p: " + fault);
    }

    @Test
    void refusesARoomWithoutASign() {
        assertThat(breachesOf("room-signs", "class A {}"))
                .containsExactly("p: no package-info.java");
    }

    @Test
    void refusesAPublicTypeWithoutAComment() {
        assertThat(breachesOf("public-types-are-explained", "public class Planted {}")).hasSize(1);
        assertThat(breachesOf("public-types-are-explained", "/// Why.\npublic class Planted {}"))
                .isEmpty();
    }

    @Test
    void refusesAClassOutsideTheModulesPackages() {
        var module = Planted.sources(home, "A.java", "package q; class A {}");

        assertThat(breaches("own-packages", module)).containsExactly("q/A.java: not below [p]");
    }

    private List<String> breachesOf(String wall, String text) {
        return breaches(wall, Planted.source(home, text));
    }

    private static String parameters(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "int p" + i)
                .collect(Collectors.joining(","));
    }
}
