package io.meseta.images.archives;

import static io.meseta.images.Faults.refuses;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.images.ImageMaker;
import io.meseta.images.TarMaker;
import io.meseta.images.manifest.MediaTypes;
import io.meseta.images.reference.Digest;
import io.meseta.images.reference.ImageFault;
import io.meseta.images.reference.ImageFault.Kind;
import io.meseta.images.reference.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArchiveImageTest {

    @TempDir Path temporary;

    private final ImageMaker image =
            new ImageMaker()
                    .layer(new TarMaker().file("a", "1").done())
                    .layer(new TarMaker().file("b", "2").done());

    @Test
    void readsAnOciLayout() throws IOException {
        var files = layout(image, "app:1");

        for (var path : new Path[] {directory(files), archive(files), zipped(files)}) {
            var found = find(path, "app:1");

            assertThat(found.config().diffIds()).isEqualTo(image.diffIds());
            assertThat(found.configText()).isEqualTo(image.config());
            assertThat(found.layerSizes()).hasSize(2).allMatch(size -> size > 50);
            assertThat(layer(found, 0)).isEqualTo(image.layers().get(0));
            assertThat(layer(found, 1)).isEqualTo(image.layers().get(1));
        }
        assertThat(find(directory(files), "").manifest())
                .isEqualTo(Digest.Algorithm.SHA256.of(image.manifest().getBytes(UTF_8)));
        refuses(Kind.NOT_FOUND, "called \"other\"", () -> find(directory(files), "other"));
    }

    @Test
    void refusesALayoutWhoseBlobsAreOthers() {
        var files = layout(image, "app:1");
        files.put(
                "blobs/sha256/" + Digest.Algorithm.SHA256.of(image.config()).hex(),
                "{}".getBytes(UTF_8));

        refuses(Kind.WRONG_DIGEST, "is not that", () -> find(directory(files), ""));
    }

    @Test
    void readsWhatDockerSaves() throws IOException {
        var files = saved("app:1");

        for (var path : new Path[] {directory(files), archive(files), zipped(files)}) {
            var found = find(path, "docker.io/library/app:1");

            assertThat(found.config().diffIds()).isEqualTo(image.diffIds());
            assertThat(layer(found, 1)).isEqualTo(image.layers().get(1));
        }
        refuses(Kind.NOT_FOUND, "has 0 images", () -> find(directory(files), "app:2"));
    }

    @Test
    void followsTheLinksOfOldDockerArchives() throws IOException {
        var files = saved("app:1");
        var archive = new TarMaker();
        archive.file("x/layer.tar", image.layers().get(0));
        archive.symlink("l0", "x/../x/layer.tar").symlink("l1", "l1");
        files.remove("l0");
        files.remove("l1");
        files.forEach(archive::file);
        var path = Files.write(temporary.resolve("links.tar"), archive.done());

        var found = find(path, "");

        assertThat(layer(found, 0)).isEqualTo(image.layers().get(0));
        refuses(Kind.MALFORMED, "lacks its layer", () -> layer(found, 1));
    }

    @Test
    void leavesTheImagesFilesNowhere() throws IOException {
        var files = saved("app:1");
        var directory = directory(files);
        Files.delete(directory.resolve("config.json"));
        Files.createSymbolicLink(directory.resolve("config.json"), Path.of("/etc/passwd"));

        refuses(Kind.MALFORMED, "lacks its file", () -> find(directory, ""));
    }

    @Test
    void findsNothingBehindNamesThatAreNone() throws IOException {
        var files = saved("app:1");
        for (var name : new String[] {"a\\u0000b", "..", "l0/x", "", ".", "x".repeat(300)}) {
            files.put(
                    "manifest.json",
                    "[{\"Config\": \"config.json\", \"Layers\": [\"l0\", \"%s\"]}]"
                            .formatted(name)
                            .getBytes(UTF_8));
            var found = find(directory(files), "");

            assertThat(found.layerSizes().get(1)).isNotNegative();
            refuses(Kind.MALFORMED, "lacks its layer", () -> layer(found, 1));
        }
    }

    @Test
    void followsNoLinkThatLeadsOutOrIsNoPath() throws IOException {
        var files = saved("app:1");
        files.remove("l0");
        files.remove("l1");
        var archive = new TarMaker();
        files.forEach(archive::file);
        archive.pax("linkpath", new byte[] {'a', 0, 'b'}).symlink("l0", "x");
        archive.symlink("l1", "../config.json");
        var found = find(Files.write(temporary.resolve("links.tar"), archive.done()), "");

        refuses(Kind.MALFORMED, "lacks its layer", () -> layer(found, 0));
        refuses(Kind.MALFORMED, "lacks its layer", () -> layer(found, 1));
    }

    @Test
    void refusesWhatIsNoImage() throws IOException {
        refuses(Kind.NOT_FOUND, "no image lies", () -> find(temporary.resolve("none"), ""));
        refuses(Kind.MALFORMED, "is no image", () -> find(directory(Map.of("x", new byte[1])), ""));
        var cut = Files.write(temporary.resolve("cut"), new TarMaker().file("a", "x").cut());
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 700));
        refuses(Kind.MALFORMED, "cut off", () -> find(cut, ""));
        var version = layout(image, "a");
        version.put("oci-layout", "{\"imageLayoutVersion\": \"2.0.0\"}".getBytes(UTF_8));
        refuses(Kind.UNSUPPORTED, "version", () -> find(directory(version), ""));
    }

    @Test
    void tellsOfTheBytesItReads() throws IOException {
        var found = find(archive(saved("app:1")), "");
        var bytes = new AtomicLong();

        found.layer(0, bytes::addAndGet, ArchiveImageTest::all);

        assertThat(bytes).hasValue(image.layers().get(0).length);
    }

    private static byte[] layer(ArchiveImage found, int index) {
        return found.layer(index, _ -> {}, ArchiveImageTest::all);
    }

    private static byte[] all(InputStream in) {
        try {
            return in.readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private ArchiveImage find(Path path, String name) {
        return ArchiveImage.find(path, name, Platform.here(), temporary.resolve("scratch"));
    }

    private static Map<String, byte[]> layout(ImageMaker image, String name) {
        var files = new LinkedHashMap<String, byte[]>();
        files.put("oci-layout", "{\"imageLayoutVersion\": \"1.0.0\"}".getBytes(UTF_8));
        var manifest = image.manifest().getBytes(UTF_8);
        var entry =
                ImageMaker.descriptor(MediaTypes.OCI_MANIFEST, manifest)
                        .replaceFirst(
                                "}$",
                                ", \"annotations\": {\"org.opencontainers.image.ref.name\": \""
                                        + name
                                        + "\"}}");
        files.put(
                "index.json",
                "{\"schemaVersion\": 2, \"manifests\": [%s]}".formatted(entry).getBytes(UTF_8));
        blob(files, manifest);
        blob(files, image.config());
        image.layers().forEach(layer -> blob(files, layer));
        return files;
    }

    private static void blob(Map<String, byte[]> files, byte[] content) {
        files.put("blobs/sha256/" + Digest.Algorithm.SHA256.of(content).hex(), content);
    }

    private Map<String, byte[]> saved(String tag) {
        var files = new LinkedHashMap<String, byte[]>();
        files.put(
                "manifest.json",
                """
                [{"Config": "config.json", "RepoTags": ["%s"], "Layers": ["l0", "l1"]}]\
                """
                        .formatted(tag)
                        .getBytes(UTF_8));
        files.put("config.json", image.config());
        files.put("l0", image.layers().get(0));
        files.put("l1", image.layers().get(1));
        return files;
    }

    private Path directory(Map<String, byte[]> files) {
        try {
            var directory = Files.createTempDirectory(temporary, "layout");
            for (var file : files.entrySet()) {
                var path = directory.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.write(path, file.getValue());
            }
            return directory;
        } catch (IOException failed) {
            throw new ImageFault(Kind.STORAGE, "writing a test's layout", failed);
        }
    }

    private Path archive(Map<String, byte[]> files) throws IOException {
        return Files.write(Files.createTempFile(temporary, "image", ".tar"), tar(files));
    }

    private Path zipped(Map<String, byte[]> files) throws IOException {
        return Files.write(
                Files.createTempFile(temporary, "image", ".tgz"), TarMaker.gzip(tar(files)));
    }

    private static byte[] tar(Map<String, byte[]> files) {
        var archive = new TarMaker();
        files.forEach(archive::file);
        return archive.done();
    }
}
