package io.meseta.images.appc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.images.JsonGrowth;
import io.meseta.images.manifest.ImageConfig;
import io.meseta.images.reference.Digest;
import io.meseta.images.reference.ImageFault;
import io.meseta.images.reference.Platform;
import io.meseta.testkit.fuzz.Choices;
import io.meseta.testkit.fuzz.Fuzz;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Manifests of AppC images, and the pages that tell where one lies: a documented refusal, or a
/// configuration that we read ourselves, and names that stay below what they are put behind.
public final class AppcManifestsFuzz {

    private static final Platform HERE = Platform.parse("linux/amd64");
    private static final Digest LAYER = Digest.Algorithm.SHA256.of(new byte[0]);
    private static final List<String> WORDS =
            List.of(
                    "acKind",
                    "ImageManifest",
                    "name",
                    "value",
                    "labels",
                    "dependencies",
                    "imageName",
                    "imageID",
                    "pathWhitelist",
                    "app",
                    "exec",
                    "environment",
                    "mountPoints",
                    "path",
                    "user",
                    "group",
                    "workingDirectory",
                    "os",
                    "arch",
                    "version",
                    "linux",
                    "h.x/top",
                    "h.x:80/../top",
                    "sha512-" + "0a".repeat(64));

    private static final Fuzz FUZZ =
            Fuzz.of(
                    AppcManifestsFuzz.class,
                    AppcManifestsFuzz::fuzzerTestOneInput,
                    AppcManifestsFuzz::seeds);

    @TestFactory
    Stream<DynamicTest> takeWhateverComes() {
        return FUZZ.tests(6_000);
    }

    /// Called by the fuzzer.
    public static void fuzzerInitialize() {
        FUZZ.layOutSeeds();
    }

    /// Called by the fuzzer.
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        var choices = new Choices(input, WORDS);
        switch (choices.below(3)) {
            case 0 -> attempt(() -> check(AppcManifest.parse(choices.rest())));
            case 1 -> {
                var members = JsonGrowth.object(choices, 4).substring(1);
                var text = "{\"acKind\":\"ImageManifest\",\"name\":\"h.x/top\"";
                var json = members.equals("}") ? text + "}" : text + "," + members;
                attempt(() -> check(AppcManifest.parse(json.getBytes(UTF_8))));
            }
            default -> {
                var page = new String(choices.rest(), UTF_8);
                for (var template : AppcDiscovery.templates(page, "h.x/top"))
                    assertThat(template).isNotBlank().doesNotContain(" ", "\"", "\n");
            }
        }
    }

    private static void check(AppcManifest manifest) {
        checkName(manifest.name());
        manifest.dependencies().forEach(AppcManifestsFuzz::checkName);
        assertThat(manifest.is(manifest.name())).isTrue();
        var config = ImageConfig.parse(manifest.asConfig(List.of(LAYER), HERE));
        assertThat(config.diffIds()).containsExactly(LAYER);
    }

    private static void checkName(AppcName name) {
        assertThat(List.of(name.name().split("/", -1))).doesNotContain("..", ".", "");
    }

    private static void attempt(Runnable attempt) {
        try {
            attempt.run();
        } catch (ImageFault refused) {
            assertThat(refused.kind())
                    .isIn(
                            ImageFault.Kind.INVALID,
                            ImageFault.Kind.MALFORMED,
                            ImageFault.Kind.TOO_LARGE);
        }
    }

    private static List<byte[]> seeds() {
        return Stream.of(
                        """
                        \0{"acKind": "ImageManifest", "acVersion": "0.8.11", "name": "h.x/top",
                         "labels": [{"name": "os", "value": "linux"}],
                         "dependencies": [{"imageName": "h.x/low", "imageID": "sha512-%s"}],
                         "pathWhitelist": ["/a"],
                         "app": {"exec": ["/x"], "user": "0", "group": "0",
                          "environment": [{"name": "A", "value": "b"}],
                          "mountPoints": [{"name": "d", "path": "/d"}]}}\
                        """
                                .formatted("0a".repeat(64)),
                        "\1\3\4\0\5\1\0\6\2\0\7\1\2",
                        """
                        \2<html><meta name="ac-discovery" content="h.x \
                        https://h.x/{name}-{version}-{os}-{arch}.{ext}">\
                        """)
                .map(each -> each.getBytes(UTF_8))
                .toList();
    }
}
