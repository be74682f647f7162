package io.meseta.authorization.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.authorization.CallPath;
import io.meseta.testkit.fuzz.Choices;
import io.meseta.testkit.fuzz.Fuzz;
import io.meseta.testkit.fuzz.RecordedBodies;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Paths, path templates and patterns of names: a clear path has one spelling, which reads back as
/// itself; an escaped name means itself and nothing else.
public final class PathsFuzz {

    private static final Fuzz FUZZ =
            Fuzz.of(PathsFuzz.class, PathsFuzz::fuzzerTestOneInput, PathsFuzz::seeds);

    @TestFactory
    Stream<DynamicTest> takeWhateverComes() {
        return FUZZ.tests(15_000);
    }

    /// Called by the fuzzer.
    public static void fuzzerInitialize() {
        FUZZ.layOutSeeds();
    }

    /// Called by the fuzzer.
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        var choices = new Choices(input, List.of(""));
        var charset = choices.coin() ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        var text = new String(choices.rest(), charset);
        var path = CallPath.of(text);
        if (path instanceof CallPath.Clear clear) {
            assertThat(CallPath.of(clear.encoded())).as(text).isEqualTo(clear);
            for (var segment : clear.segments())
                assertThat(segment).isNotIn("", ".", "..").doesNotContain("/", "\0");
        }
        checkTemplate(text, path);
        checkPattern(text);
    }

    private static void checkTemplate(String text, CallPath path) {
        if (PathTemplate.problem(text).isPresent()) return;
        var template = PathTemplate.of(text);
        if (!(path instanceof CallPath.Clear clear)) return;
        if (template.matches(clear.segments()))
            assertThat(template.variables(clear.segments()).size())
                    .isLessThanOrEqualTo(template.segments().size());
    }

    private static void checkPattern(String text) {
        var escaped = NamePattern.escaped(text);
        if (NamePattern.problem(escaped).isEmpty() && !text.isEmpty()) {
            var exact = NamePattern.of(escaped);
            assertThat(exact.matches(text)).as(text).isTrue();
            assertThat(exact.literal()).as(text).contains(text);
            assertThat(exact.matches(text + "x")).as(text).isFalse();
        }
        if (NamePattern.problem(text).isPresent()) return;
        var pattern = NamePattern.of(text);
        assertThat(pattern.matches("eng/web")).isIn(true, false);
        pattern.literal().ifPresent(name -> assertThat(pattern.matches(name)).as(text).isTrue());
        pattern.root()
                .ifPresent(root -> assertThat(pattern.matches(root + "/a/b")).isIn(true, false));
    }

    private static List<byte[]> seeds() {
        var seeds = new ArrayList<byte[]>();
        for (var each :
                List.of(
                        "/services/orders/{id}/items/**",
                        "/a%20b/%e2%82%ac/c+d;x=1",
                        "/a/../b/./c//d",
                        "/%2e%2e/%2f%5c%00",
                        "eng/*/**",
                        "a\\*b\\\\*",
                        "*",
                        "/x*y*z/**")) seeds.add(("\1" + each).getBytes(StandardCharsets.UTF_8));
        for (var target : RecordedBodies.targets())
            seeds.add(
                    ("\1" + new String(target, StandardCharsets.UTF_8))
                            .getBytes(StandardCharsets.UTF_8));
        return seeds;
    }
}
