package io.meseta.images.manifest;

import static io.meseta.images.Faults.refuses;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.images.reference.ImageFault.Kind;
import io.meseta.images.reference.Platform;
import org.junit.jupiter.api.Test;

final class ManifestTest {

    private static final String DIGEST = "sha256:" + "0a".repeat(32);
    private static final String CONFIG =
            """
            "config": {"mediaType": "%s", "digest": "%s", "size": 7}\
            """
                    .formatted(MediaTypes.OCI_CONFIG, DIGEST);
    private static final String IMAGE =
            """
            {"schemaVersion": 2, %s, "layers": [
              {"mediaType": "%s+gzip", "digest": "%s", "size": 10, "annotations": {"a": "b"}},
              {"mediaType": "%s+zstd", "digest": "%s", "size": 20}]}\
            """
                    .formatted(CONFIG, MediaTypes.OCI_LAYER, DIGEST, MediaTypes.OCI_LAYER, DIGEST);

    @Test
    void readsAnImageOfBothFamilies() {
        var docker =
                IMAGE.replace(MediaTypes.OCI_CONFIG, MediaTypes.DOCKER_CONFIG)
                        .replace(MediaTypes.OCI_LAYER + "+", MediaTypes.DOCKER_LAYER + ".");

        var oci = (Manifest.Single) parse(IMAGE, MediaTypes.OCI_MANIFEST);
        var same = (Manifest.Single) parse(docker, MediaTypes.DOCKER_MANIFEST + "; charset=utf-8");

        assertThat(oci.layers()).hasSize(2);
        assertThat(oci.totalSize()).isEqualTo(37);
        assertThat(oci.layers().getFirst().annotations()).containsEntry("a", "b");
        assertThat(same.totalSize()).isEqualTo(37);
    }

    @Test
    void choosesByPlatform() {
        var list =
                (Manifest.Listed)
                        parse(
                                """
                                {"schemaVersion": 2, "manifests": [%s, %s, %s]}\
                                """
                                        .formatted(
                                                entry(1, "unknown", "unknown"),
                                                entry(2, "linux", "arm64"),
                                                entry(3, "linux", "amd64")),
                                MediaTypes.OCI_INDEX);

        assertThat(list.choose(Platform.parse("linux/amd64")).size()).isEqualTo(3);
        assertThat(list.choose(Platform.parse("linux/aarch64")).size()).isEqualTo(2);
        refuses(
                Kind.UNSUPPORTED,
                "no image for linux/s390x, but for [linux/arm64, linux/amd64]",
                () -> list.choose(Platform.parse("linux/s390x")));
    }

    @Test
    void passesOverAPlatformThatIsNoWords() {
        var list =
                (Manifest.Listed)
                        parse(
                                "{\"schemaVersion\": 2, \"manifests\": [%s, %s]}"
                                        .formatted(
                                                entry(1, "No System", "amd64"),
                                                entry(2, "linux", "amd64")),
                                "");

        assertThat(list.choose(Platform.parse("linux/amd64")).size()).isEqualTo(2);
        refuses(
                Kind.UNSUPPORTED,
                "no image for linux/s390x, but for [linux/amd64]",
                () -> list.choose(Platform.parse("linux/s390x")));
    }

    @Test
    void refusesSchemaOneClearly() {
        refuses(
                Kind.UNSUPPORTED,
                "schema 1",
                () -> parse("{\"schemaVersion\": 1, \"fsLayers\": []}", ""));
    }

    @Test
    void refusesADocumentWithTwoMeanings() {
        var both = IMAGE.replace("\"layers\"", "\"manifests\": [], \"layers\"");

        refuses(Kind.MALFORMED, "neither", () -> parse(both, MediaTypes.OCI_MANIFEST));
        refuses(Kind.MALFORMED, "is not", () -> parse(IMAGE, MediaTypes.OCI_INDEX));
        refuses(
                Kind.MALFORMED,
                "but came as",
                () -> parse(typed(MediaTypes.OCI_MANIFEST), MediaTypes.DOCKER_MANIFEST));
    }

    @Test
    void refusesWhatIsNoContainerImage() {
        refuses(
                Kind.UNSUPPORTED,
                "no container image",
                () -> parse(IMAGE.replace(MediaTypes.OCI_CONFIG, "application/helm"), ""));
        refuses(
                Kind.UNSUPPORTED,
                "a layer of type",
                () -> parse(IMAGE.replace("tar+zstd", "cake"), ""));
        refuses(Kind.UNSUPPORTED, "no image", () -> parse(typed("application/x"), ""));
    }

    @Test
    void refusesBrokenAndHostileDocuments() {
        refuses(Kind.MALFORMED, "no JSON", () -> parse("{", ""));
        refuses(Kind.MALFORMED, "no JSON", () -> parse("[".repeat(100_000), ""));
        refuses(Kind.MALFORMED, "goes on", () -> parse(IMAGE + "{}", ""));
        refuses(Kind.MALFORMED, "is empty", () -> parse("", ""));
        refuses(Kind.MALFORMED, "no JSON object", () -> parse("[]", ""));
        refuses(Kind.MALFORMED, "bytes", () -> parse(IMAGE.replace("20}", "-1}"), ""));
        refuses(Kind.MALFORMED, "bytes", () -> parse(IMAGE.replace("20}", "99999999999999}"), ""));
        refuses(Kind.MALFORMED, "whole", () -> parse(IMAGE.replace("20}", "1e400}"), ""));
        refuses(Kind.MALFORMED, "is no string", () -> parse(IMAGE.replace("\"b\"", "1"), ""));
        refuses(Kind.TOO_LARGE, "4 MiB", () -> parse(" ".repeat((4 << 20) + 1), ""));
        var many = ",{}".repeat(250_000);
        refuses(Kind.TOO_LARGE, "more JSON", () -> parse("{\"manifests\":[{}" + many + "]}", ""));
    }

    @Test
    void refusesMoreLayersThanAnOverlayTakes() {
        var layer =
                "{\"mediaType\": \"%s\", \"digest\": \"%s\", \"size\": 1},"
                        .formatted(MediaTypes.OCI_LAYER, DIGEST);
        var many = IMAGE.replace("\"layers\": [", "\"layers\": [" + layer.repeat(500));

        refuses(Kind.TOO_LARGE, "502 layers", () -> parse(many, ""));
    }

    @Test
    void readsAConfiguration() {
        var config =
                ImageConfig.parse(
                        """
                        {"os": "linux", "architecture": "arm64", "variant": "v8",
                         "rootfs": {"type": "layers", "diff_ids": ["%s"]},
                         "config": {"Env": ["A=b"], "Entrypoint": ["/x"], "Cmd": null,
                           "User": "www", "WorkingDir": "/w", "Volumes": {"/data": {}},
                           "ExposedPorts": {"80/tcp": {}}, "StopSignal": "SIGQUIT",
                           "Labels": {"k": "v"}}}\
                        """
                                .formatted(DIGEST)
                                .getBytes(UTF_8));

        assertThat(config.platform()).hasToString("linux/arm64");
        assertThat(config.diffIds()).hasSize(1);
        var defaults = config.defaults();
        assertThat(defaults.environment()).containsExactly("A=b");
        assertThat(defaults.entrypoint()).containsExactly("/x");
        assertThat(defaults.command()).isEmpty();
        assertThat(defaults.volumes()).containsExactly("/data");
        assertThat(defaults.stopSignal()).isEqualTo("SIGQUIT");
        assertThat(defaults.labels()).containsEntry("k", "v");
    }

    @Test
    void refusesConfigurationsThatDoNotFit() {
        var manifest = (Manifest.Single) parse(IMAGE, "");
        var empty = ImageConfig.parse("{}".getBytes(UTF_8));

        refuses(Kind.MALFORMED, "2 layers, but 0", () -> manifest.check(empty));
        refuses(
                Kind.MALFORMED,
                "NUL",
                () -> ImageConfig.parse("{\"config\":{\"Cmd\":[\"a\\u0000b\"]}}".getBytes(UTF_8)));
        refuses(
                Kind.MALFORMED,
                "\"Env\" is no array",
                () -> ImageConfig.parse("{\"config\":{\"Env\":\"A=b\"}}".getBytes(UTF_8)));
    }

    private static String entry(int size, String os, String architecture) {
        return """
        {"mediaType": "%s", "digest": "%s", "size": %d,
         "platform": {"os": "%s", "architecture": "%s"}}\
        """
                .formatted(MediaTypes.OCI_MANIFEST, DIGEST, size, os, architecture);
    }

    private static String typed(String mediaType) {
        return IMAGE.replace(
                "{\"schemaVersion\"", "{\"mediaType\": \"" + mediaType + "\", \"schemaVersion\"");
    }

    private static Manifest parse(String text, String mediaType) {
        return Manifest.parse(text.getBytes(UTF_8), mediaType);
    }
}
