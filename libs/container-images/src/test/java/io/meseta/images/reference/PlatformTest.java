package io.meseta.images.reference;

import static io.meseta.images.Faults.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.images.reference.ImageFault.Kind;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class PlatformTest {

    @Test
    void makesSpellingsEqual() {
        assertThat(Platform.parse("linux/x86_64")).hasToString("linux/amd64");
        assertThat(Platform.parse("linux/aarch64/v8")).hasToString("linux/arm64");
        assertThat(Platform.parse("linux/arm")).hasToString("linux/arm/v7");
        assertThat(Platform.parse("Linux/armel")).hasToString("linux/arm/v6");
    }

    @Test
    void runsLowerLevelsAndNoHigherOnes() {
        assertThat(best("linux/arm/v7", "linux/arm/v5", "linux/arm/v6")).isEqualTo("linux/arm/v6");
        assertThat(best("linux/arm/v6", "linux/arm/v7")).isEqualTo("none");
        assertThat(best("linux/amd64", "linux/amd64/v3")).isEqualTo("none");
        assertThat(best("linux/amd64/v3", "linux/amd64", "linux/amd64/v2"))
                .isEqualTo("linux/amd64/v2");
        assertThat(best("linux/amd64", "windows/amd64", "linux/arm64")).isEqualTo("none");
    }

    @Test
    void refusesWhatIsNoPlatform() {
        for (var text : List.of("linux", "linux/", "a/b/c/d", "li nux/amd64")) {
            refuses(Kind.INVALID, "not", () -> Platform.parse(text));
        }
    }

    private static String best(String wanted, String... offered) {
        var platforms = List.of(offered).stream().map(Platform::parse).toList();
        return Platform.best(Platform.parse(wanted), platforms, Function.identity())
                .map(Platform::toString)
                .orElse("none");
    }
}
