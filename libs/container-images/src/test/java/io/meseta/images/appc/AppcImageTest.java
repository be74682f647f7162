package io.meseta.images.appc;

import static io.meseta.images.Faults.refuses;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.images.TarMaker;
import io.meseta.images.layers.Layers;
import io.meseta.images.layers.UnpackOptions;
import io.meseta.images.reference.Digest;
import io.meseta.images.reference.ImageFault.Kind;
import io.meseta.images.reference.Platform;
import io.meseta.images.registry.RegistrySettings;
import io.meseta.images.registry.ScriptedRegistry;
import io.meseta.images.registry.WebFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AppcImageTest {

    private static final UnpackOptions OPTIONS =
            System.getProperty("user.name").equals("root")
                    ? UnpackOptions.forRoot()
                    : UnpackOptions.forOthers();

    @TempDir Path temporary;
    private final Map<String, byte[]> archives = new HashMap<>();
    private int scratches;

    @Test
    void takesNoNameThatLeadsElsewhere() {
        for (var name : List.of("h.x:80/../../etc", "h.x:80//x", "h.x/../y", "../x", "h.x:80/.")) {
            refuses(
                    Kind.INVALID,
                    "not a name of an AppC image",
                    () -> new AppcName(name, Map.of(), null));
        }
        assertThat(new AppcName("h.x:80/a/b", Map.of(), null).name()).isEqualTo("h.x:80/a/b");
    }

    @Test
    void readsAnImageWithWhatItDependsOn() throws IOException {
        put("h.x/low", new TarMaker().file("rootfs/a", "low").file("rootfs/b", "low"), "");
        put(
                "h.x/top",
                new TarMaker()
                        .file("other", "not of the image")
                        .directory("rootfs/")
                        .file("rootfs/b", "top")
                        .link("rootfs/c", "rootfs/b")
                        .symlink("rootfs/d", "/b")
                        .pax("SCHILY.xattr.user.raw", new byte[] {0, (byte) 0xff})
                        .pax("path", "rootfs/" + "n".repeat(150))
                        .file("cut", "long"),
                """
                , "dependencies": [{"imageName": "h.x/low"}],
                "app": {"exec": ["/bin/x", "y"], "user": "u", "group": "g",
                  "workingDirectory": "/w", "environment": [{"name": "A", "value": "b"}],
                  "mountPoints": [{"name": "data", "path": "/data"}]}\
                """);

        try (var image = find("h.x/top")) {
            var defaults = image.config().defaults();
            assertThat(defaults.command()).containsExactly("/bin/x", "y");
            assertThat(defaults.user()).isEqualTo("u:g");
            assertThat(defaults.environment()).containsExactly("A=b");
            assertThat(defaults.volumes()).containsExactly("/data");
            assertThat(unpacked(image, 0).resolve("b")).hasContent("low");
            var top = unpacked(image, 1);
            assertThat(top.resolve("c")).hasContent("top");
            assertThat(Files.readSymbolicLink(top.resolve("d"))).isEqualTo(Path.of("/b"));
            assertThat(top.resolve("n".repeat(150))).hasContent("long");
            assertThat(top.resolve("other")).doesNotExist();
        }
        assertThat(temporary.resolve("scratch")).isEmptyDirectory();
    }

    @Test
    void showsOnlyWhatTheWhitelistNames() throws IOException {
        put("h.x/low", new TarMaker().file("rootfs/d/a", "").file("rootfs/d/b", ""), "");
        put(
                "h.x/top",
                new TarMaker().file("rootfs/x", "").file("rootfs/y", ""),
                ", \"dependencies\": [{\"imageName\": \"h.x/low\"}],"
                        + " \"pathWhitelist\": [\"/d/a\", \"/y\"]");

        try (var image = find("h.x/top")) {
            assertThat(unpacked(image, 0).resolve("d")).isDirectoryNotContaining("glob:**b");
            assertThat(unpacked(image, 0).resolve("d/a")).exists();
            assertThat(unpacked(image, 1).resolve("x")).doesNotExist();
            assertThat(unpacked(image, 1).resolve("y")).exists();
        }
    }

    @Test
    void putsASharedDependencyBelowBoth() {
        put("h.x/base", new TarMaker().file("rootfs/f", "base"), "");
        var onBase = ", \"dependencies\": [{\"imageName\": \"h.x/base\"}]";
        put("h.x/a", new TarMaker().file("rootfs/f", "a"), onBase);
        put("h.x/b", new TarMaker().file("rootfs/f", "b"), onBase);
        put(
                "h.x/top",
                new TarMaker(),
                ", \"dependencies\": [{\"imageName\": \"h.x/a\"}, {\"imageName\": \"h.x/b\"}]");

        try (var image = find("h.x/top")) {
            assertThat(image.layerSizes()).hasSize(4);
            assertThat(unpacked(image, 0).resolve("f")).hasContent("base");
            assertThat(unpacked(image, 1).resolve("f")).hasContent("a");
        }
    }

    @Test
    void checksIdsAndNames() {
        put("h.x/a", new TarMaker(), "");
        var wrong = Digest.Algorithm.SHA512.of(new byte[0]);
        var right = Digest.Algorithm.SHA512.of(archive("h.x/a"));

        refuses(Kind.WRONG_DIGEST, "is sha512", () -> find(new AppcName("h.x/a", Map.of(), wrong)));
        try (var image = find(new AppcName("h.x/a", Map.of(), right))) {
            assertThat(image.manifest()).isEqualTo(right);
        }
        archives.put("h.x/b", archive("h.x/a"));
        refuses(Kind.MALFORMED, "h.x/b", () -> find("h.x/b"));
        refuses(Kind.NOT_FOUND, "nobody has", () -> find("h.x/none"));
        for (var name : List.of("", "A", "../x", "h.x/../y", "h.x//y", "h.x y", "-")) {
            refuses(Kind.INVALID, "not a name", () -> new AppcName(name, Map.of(), null));
        }
        assertThat(temporary.resolve("scratch")).isEmptyDirectory();
    }

    @Test
    void refusesCirclesAndHostileArchives() {
        put("h.x/a", new TarMaker(), ", \"dependencies\": [{\"imageName\": \"h.x/b\"}]");
        put("h.x/b", new TarMaker(), ", \"dependencies\": [{\"imageName\": \"h.x/a\"}]");
        refuses(Kind.MALFORMED, "depends on itself", () -> find("h.x/a"));
        put("h.x/c", new TarMaker().file("rootfs/.wh.x", ""), "");
        refuses(Kind.MALFORMED, "removal", () -> find("h.x/c"));
        put("h.x/d", new TarMaker().link("rootfs/x", "manifest"), "");
        refuses(Kind.MALFORMED, "out of the root", () -> find("h.x/d"));
        put("h.x/e", new TarMaker().file("rootfs/../../x", ""), "");
        refuses(Kind.MALFORMED, "climbs", () -> find("h.x/e"));
        archives.put("h.x/f", new TarMaker().file("rootfs/x", "").done());
        refuses(Kind.MALFORMED, "manifest is empty", () -> find("h.x/f"));
        assertThat(temporary.resolve("scratch")).isEmptyDirectory();
    }

    @Test
    void endsWithDiamondsOfDiamonds() {
        put("h.x/i0", new TarMaker(), "");
        for (int i = 1; i <= 30; i++) {
            var below = "{\"imageName\": \"h.x/i%d\"}".formatted(i - 1);
            var twice = below + ", " + below.replace("}", ", \"labels\": []}");
            put("h.x/i" + i, new TarMaker(), ", \"dependencies\": [" + twice + "]");
        }

        refuses(Kind.TOO_LARGE, "200 dependencies", () -> find("h.x/i30"));
    }

    @Test
    void discoversByNameAndByPage() throws IOException {
        try (var server = new ScriptedRegistry();
                var web = new WebFiles(RegistrySettings.usual().withPlainHttp(server.host()))) {
            var name =
                    new AppcName(
                            server.host() + "/app",
                            Map.of("version", "1", "os", "linux", "arch", "amd64"),
                            null);
            var discovery = new AppcDiscovery("http://", "http", web);
            var target = temporary.resolve("target");

            assertThat(discovery.fetch(name, target)).isEmpty();
            server.put(
                    "/app",
                    """
                    <html><meta name="other" content="x y">
                    <meta name="ac-discovery" content="%1$s/else http://nowhere/">
                    <meta content="%1$s/app http://%1$s/d/{version}-{os}-{arch}.{ext}"
                      name='ac-discovery'></html>\
                    """
                            .formatted(server.host())
                            .getBytes(UTF_8));
            server.put("/d/1-linux-amd64.aci", "found".getBytes(UTF_8));
            assertThat(discovery.fetch(name, target)).contains(target);
            assertThat(target).hasContent("found");
            server.put("/app-1-linux-amd64.aci", "simple".getBytes(UTF_8));
            discovery.fetch(name, target);
            assertThat(target).hasContent("simple");
        }
    }

    @Test
    void readsTagsOfHostilePages() {
        var page = "<meta ".repeat(50_000) + "<meta name=\"ac-discovery\" content=\"a\">";

        assertThat(AppcDiscovery.templates(page, "a")).isEmpty();
    }

    private void put(String name, TarMaker rest, String more) {
        var manifest =
                "{\"acKind\": \"ImageManifest\", \"acVersion\": \"0.8.11\", \"name\": \"%s\"%s}"
                        .formatted(name, more);
        archives.put(name, rest.file("manifest", manifest).done());
    }

    private byte[] archive(String name) {
        return Objects.requireNonNull(archives.get(name), name);
    }

    private AppcImage find(String name) {
        return find(new AppcName(name, Map.of(), null));
    }

    private AppcImage find(AppcName name) {
        AppcSource source =
                (wanted, target) ->
                        Optional.ofNullable(archives.get(wanted.name()))
                                .map(archive -> write(target, archive));
        return AppcImage.find(name, source, Platform.here(), this::scratch);
    }

    private Path scratch() {
        try {
            return Files.createDirectories(temporary.resolve("scratch"))
                    .resolve("file" + scratches++);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Path write(Path target, byte[] archive) {
        try {
            return Files.write(target, TarMaker.gzip(archive));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Path unpacked(AppcImage image, int layer) {
        var tree = temporary.resolve("layer" + scratches++);
        assertThat(tree.toFile().mkdir()).isTrue();
        image.layer(
                layer,
                _ -> {},
                in -> Layers.unpack(in, tree, image.config().diffIds().get(layer), OPTIONS));
        return tree;
    }
}
