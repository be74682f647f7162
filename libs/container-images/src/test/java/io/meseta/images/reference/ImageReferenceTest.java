package io.meseta.images.reference;

import static io.meseta.images.Faults.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.images.reference.ImageFault.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ImageReferenceTest {

    private static final String DIGEST = "sha256:" + "0a".repeat(32);

    @Test
    void fillsInWhatPeopleLeaveOut() {
        assertThat(full("debian")).isEqualTo("docker.io/library/debian:latest");
        assertThat(full("debian:12")).isEqualTo("docker.io/library/debian:12");
        assertThat(full("team/app")).isEqualTo("docker.io/team/app:latest");
        assertThat(full("docker.io/debian")).isEqualTo("docker.io/library/debian:latest");
        assertThat(full("index.docker.io/debian")).isEqualTo("docker.io/library/debian:latest");
        assertThat(full("debian@" + DIGEST)).isEqualTo("docker.io/library/debian@" + DIGEST);
        assertThat(full("debian:12@" + DIGEST)).isEqualTo("docker.io/library/debian:12@" + DIGEST);
    }

    @Test
    void tellsARegistryFromARepository() {
        assertThat(full("localhost/app")).isEqualTo("localhost/app:latest");
        assertThat(full("localhost:5000/app:1")).isEqualTo("localhost:5000/app:1");
        assertThat(full("registry.example/a/b/c")).isEqualTo("registry.example/a/b/c:latest");
        assertThat(full("Registry/app")).isEqualTo("Registry/app:latest");
        assertThat(full("[::1]:5000/app")).isEqualTo("[::1]:5000/app:latest");
        assertThat(full("a__b/c.d-e--f")).isEqualTo("docker.io/a__b/c.d-e--f:latest");
    }

    @Test
    void readsBackWhatItWrites() {
        for (var text : List.of("debian", "h.x:1/a:b", "[::1]/x@" + DIGEST)) {
            var reference = ImageReference.parse(text);

            assertThat(ImageReference.parse(reference.toString())).isEqualTo(reference);
        }
    }

    @Test
    void prefersADigestToATag() {
        assertThat(ImageReference.parse("a:b@" + DIGEST).selector()).isEqualTo(DIGEST);
        assertThat(ImageReference.parse("a:b").selector()).isEqualTo("b");
    }

    @Test
    void refusesWhatIsNoReference() {
        var wrong =
                List.of(
                        "",
                        ":tag",
                        "@" + DIGEST,
                        "Debian",
                        "debian:",
                        "debian:-x",
                        "debian:" + "t".repeat(129),
                        "a//b",
                        "a/../b",
                        "/a",
                        "a/",
                        "a b",
                        "a.-b/../../etc",
                        "http://registry.example/a",
                        "registry.example:99999/a",
                        "registry.example:port/a",
                        "user@registry.example/a",
                        "debian@sha256:00",
                        "debian@md5:" + "0".repeat(32),
                        "debian@sha256:" + "0A".repeat(32),
                        "0a".repeat(32),
                        "a".repeat(300),
                        "a/".repeat(4000) + "b",
                        "a\nb",
                        "-a/b",
                        "a___b");
        for (var text : wrong) refuses(Kind.INVALID, "not a", () -> ImageReference.parse(text));
    }

    @Test
    void staysQuickOnNamesMadeToBeSlow() {
        var name = "a" + "-".repeat(250) + "!";

        refuses(Kind.INVALID, "no repository", () -> ImageReference.parse(name));
    }

    private static String full(String text) {
        return ImageReference.parse(text).toString();
    }
}
