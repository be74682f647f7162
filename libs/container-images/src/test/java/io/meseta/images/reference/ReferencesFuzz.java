package io.meseta.images.reference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.testkit.fuzz.Choices;
import io.meseta.testkit.fuzz.Fuzz;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Names of images, digests and platforms as people and registries write them: refused, or read
/// back from their own full form as the same.
public final class ReferencesFuzz {

    private static final List<String> WORDS =
            List.of(
                    "debian",
                    "library/",
                    "docker.io/",
                    "localhost:5000/",
                    "[::1]:65536/",
                    "Registry/",
                    ":latest",
                    ":",
                    "@",
                    "sha256:" + "0a".repeat(32),
                    "sha512:",
                    "a__b",
                    "a--b",
                    ".",
                    "linux/",
                    "arm64",
                    "/v8",
                    "x86_64",
                    "armel");

    private static final Fuzz FUZZ =
            Fuzz.of(
                    ReferencesFuzz.class,
                    ReferencesFuzz::fuzzerTestOneInput,
                    ReferencesFuzz::seeds);

    @TestFactory
    Stream<DynamicTest> takeWhateverComes() {
        return FUZZ.tests(10_000);
    }

    /// Called by the fuzzer.
    public static void fuzzerInitialize() {
        FUZZ.layOutSeeds();
    }

    /// Called by the fuzzer.
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        var choices = new Choices(input, WORDS);
        var text = new StringBuilder();
        if (choices.coin()) text.append(new String(choices.rest(), UTF_8));
        for (int i = 0; i < 10 && !choices.isOver(); i++) text.append(choices.text());
        check(text.toString(), ImageReference::parse);
        check(text.toString(), Digest::parse);
        check(text.toString(), Platform::parse);
    }

    private static <T> void check(String text, Function<String, T> parse) {
        try {
            var value = parse.apply(text);
            assertThat(parse.apply(value.toString())).isEqualTo(value);
        } catch (ImageFault refused) {
            assertThat(refused.kind()).isEqualTo(ImageFault.Kind.INVALID);
            assertThat(refused.getMessage()).hasSizeLessThan(300);
        }
    }

    private static List<byte[]> seeds() {
        return Stream.of(
                        "\1registry.example:5000/team/app:1.0@sha256:" + "0a".repeat(32),
                        "\1debian",
                        "\1linux/arm/v6",
                        "\0\0\2\0\0\0\6")
                .map(each -> each.getBytes(UTF_8))
                .toList();
    }
}
