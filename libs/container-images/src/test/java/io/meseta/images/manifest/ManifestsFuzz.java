package io.meseta.images.manifest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.images.JsonGrowth;
import io.meseta.images.json.Json;
import io.meseta.images.json.JsonText;
import io.meseta.images.reference.ImageFault;
import io.meseta.images.reference.Platform;
import io.meseta.testkit.fuzz.Choices;
import io.meseta.testkit.fuzz.Fuzz;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The documents that a registry sends: a manifest, a list of them, a configuration. Each is a
/// documented refusal or a value that means one thing; and whatever is JSON to us is the same JSON
/// once we have written it.
public final class ManifestsFuzz {

    private static final Set<ImageFault.Kind> REFUSALS =
            EnumSet.of(
                    ImageFault.Kind.INVALID,
                    ImageFault.Kind.MALFORMED,
                    ImageFault.Kind.TOO_LARGE,
                    ImageFault.Kind.UNSUPPORTED);
    private static final String DIGEST = "sha256:" + "0a".repeat(32);
    private static final List<String> WORDS =
            List.of(
                    "mediaType",
                    "digest",
                    "size",
                    "config",
                    "layers",
                    "manifests",
                    "platform",
                    "os",
                    "architecture",
                    "variant",
                    "annotations",
                    "schemaVersion",
                    "rootfs",
                    "diff_ids",
                    "type",
                    "Env",
                    "Cmd",
                    "Volumes",
                    "Labels",
                    "linux",
                    "amd64",
                    "v8",
                    DIGEST,
                    MediaTypes.OCI_INDEX,
                    MediaTypes.OCI_MANIFEST,
                    MediaTypes.OCI_CONFIG,
                    MediaTypes.OCI_LAYER,
                    MediaTypes.DOCKER_LIST);
    private static final Platform HERE = Platform.parse("linux/amd64");

    private static final Fuzz FUZZ =
            Fuzz.of(ManifestsFuzz.class, ManifestsFuzz::fuzzerTestOneInput, ManifestsFuzz::seeds);

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
        int form = choices.below(4);
        var text = form < 2 ? choices.rest() : JsonGrowth.object(choices, 3 + form).getBytes(UTF_8);
        for (var announced : List.of("", MediaTypes.OCI_INDEX, MediaTypes.DOCKER_MANIFEST)) {
            attempt(() -> check(Manifest.parse(text, announced)));
        }
        attempt(() -> check(ImageConfig.parse(text).platform()));
        attempt(() -> {
            var json = Json.parse(text, "it");
            assertThat(Json.parse(JsonText.of(json).getBytes(UTF_8), "it again")).isEqualTo(json);
        });
    }

    private static void check(Manifest manifest) {
        switch (manifest) {
            case Manifest.Single single -> assertThat(single.totalSize()).isGreaterThanOrEqualTo(0);
            case Manifest.Listed listed -> {
                for (var entry : listed.entries()) check(entry.platformOr(HERE));
                assertThat(listed.entries().stream().map(Manifest.Entry::manifest))
                        .contains(listed.choose(HERE));
            }
        }
    }

    private static void check(Platform platform) {
        assertThat(Platform.parse(platform.toString())).isEqualTo(platform);
    }

    private static void attempt(Runnable attempt) {
        try {
            attempt.run();
        } catch (ImageFault refused) {
            assertThat(refused.kind()).isIn(REFUSALS);
            assertThat(refused.getMessage()).hasSizeLessThan(2_000);
        }
    }

    private static List<byte[]> seeds() {
        var descriptor = "{\"mediaType\": \"%s\", \"digest\": \"%s\", \"size\": 7%s}";
        var texts = new ArrayList<String>();
        texts.add(
                "{\"schemaVersion\": 2, \"config\": %s, \"layers\": [%s]}"
                        .formatted(
                                descriptor.formatted(MediaTypes.OCI_CONFIG, DIGEST, ""),
                                descriptor.formatted(
                                        MediaTypes.OCI_LAYER + "+gzip",
                                        DIGEST,
                                        ", \"annotations\": {\"a\": \"b\"}")));
        texts.add(
                "{\"schemaVersion\": 2, \"manifests\": [%s, %s]}"
                        .formatted(
                                descriptor.formatted(
                                        MediaTypes.OCI_MANIFEST,
                                        DIGEST,
                                        ", \"platform\": {\"os\": \"linux\","
                                                + " \"architecture\": \"arm64\","
                                                + " \"variant\": \"v8\"}"),
                                descriptor.formatted(MediaTypes.OCI_INDEX, DIGEST, "")));
        texts.add(
                """
                {"os": "linux", "architecture": "arm", "variant": "v6",
                 "rootfs": {"type": "layers", "diff_ids": ["%s"]},
                 "config": {"Env": ["A=b"], "Entrypoint": ["/x"], "Cmd": null, "User": "w",
                   "WorkingDir": "/w", "Volumes": {"/d": {}}, "StopSignal": "9",
                   "Labels": {"k": "\\ud800\\u0000"}}}\
                """
                        .formatted(DIGEST));
        var seeds = new ArrayList<byte[]>();
        for (var text : texts) seeds.add(("\0" + text).getBytes(UTF_8));
        seeds.add("\2\3\1\2\3\4\5\6\7\10\11\12\13\14\15\16\17".getBytes(ISO_8859_1));
        return seeds;
    }
}
