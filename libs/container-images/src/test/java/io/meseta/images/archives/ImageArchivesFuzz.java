package io.meseta.images.archives;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.images.ImageMaker;
import io.meseta.images.JsonGrowth;
import io.meseta.images.TarMaker;
import io.meseta.images.reference.Digest;
import io.meseta.images.reference.ImageFault;
import io.meseta.images.reference.Platform;
import io.meseta.testkit.fuzz.Choices;
import io.meseta.testkit.fuzz.Fuzz;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Images as files, in an archive and as a directory: what the documents in them name is found
/// there, or the image is refused; nothing of this machine is read.
public final class ImageArchivesFuzz {

    private static final ImageMaker IMAGE =
            new ImageMaker().layer(new TarMaker().file("a", "1").done());
    private static final String CONFIG = Digest.Algorithm.SHA256.of(IMAGE.config()).toString();
    private static final String MANIFEST =
            Digest.Algorithm.SHA256.of(IMAGE.manifest().getBytes(UTF_8)).toString();
    private static final List<String> WORDS =
            List.of(
                    "Config",
                    "Layers",
                    "RepoTags",
                    "config.json",
                    "l0",
                    "link",
                    "up",
                    "nul",
                    "blobs",
                    "blobs/sha256",
                    "blobs/" + CONFIG.replace(':', '/'),
                    "/etc/passwd",
                    "../secret",
                    "..",
                    "app:1",
                    "manifests",
                    "digest",
                    "size",
                    "schemaVersion",
                    "imageLayoutVersion",
                    "1.0.0",
                    MANIFEST,
                    CONFIG);
    private static final String SECRET = "not for you";

    private static final Path PLACE = place();

    private static final Fuzz FUZZ =
            Fuzz.of(
                    ImageArchivesFuzz.class,
                    ImageArchivesFuzz::fuzzerTestOneInput,
                    ImageArchivesFuzz::seeds);

    @TestFactory
    Stream<DynamicTest> takeWhateverComes() {
        return FUZZ.tests(600);
    }

    /// Called by the fuzzer.
    public static void fuzzerInitialize() {
        FUZZ.layOutSeeds();
    }

    /// Called by the fuzzer.
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        var choices = new Choices(input, WORDS);
        var isDirectory = choices.coin();
        var name = choices.coin() ? "" : choices.text();
        var files = files(choices);
        var path = isDirectory ? directory(files) : archive(files, choices.below(4));
        try (var image =
                ArchiveImage.find(
                        path, name, Platform.parse("linux/amd64"), PLACE.resolve("scratch"))) {
            assertThat(image.configDigest())
                    .isEqualTo(Digest.Algorithm.SHA256.of(image.configText()));
            assertThat(image.layerSizes()).allMatch(size -> size >= 0);
            for (int i = 0; i < image.layerSizes().size(); i++) checkLayer(image, i);
        } catch (ImageFault refused) {
            assertThat(refused.kind())
                    .as(refused.getMessage())
                    .isNotIn(ImageFault.Kind.STORAGE, ImageFault.Kind.CANCELLED);
        } finally {
            removed(path);
        }
    }

    private static void checkLayer(ArchiveImage image, int layer) {
        var content = image.layer(layer, _ -> {}, ImageArchivesFuzz::all);
        assertThat(new String(content, ISO_8859_1)).doesNotContain(SECRET, "root:");
    }

    private static byte[] all(InputStream in) {
        try {
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Map<String, byte[]> files(Choices choices) {
        var files = new TreeMap<String, byte[]>();
        files.put("blobs/" + CONFIG.replace(':', '/'), IMAGE.config());
        files.put("blobs/" + MANIFEST.replace(':', '/'), IMAGE.manifest().getBytes(UTF_8));
        files.put("config.json", IMAGE.config());
        files.put("l0", IMAGE.layers().getFirst());
        var document = choices.coin() ? "manifest.json" : "index.json";
        files.put("oci-layout", "{\"imageLayoutVersion\": \"1.0.0\"}".getBytes(UTF_8));
        var text =
                switch (choices.below(4)) {
                    case 0 -> new String(choices.octets(400), UTF_8);
                    case 1 -> "[" + JsonGrowth.object(choices, 3) + "]";
                    case 2 ->
                            "[{\"Config\":\"%s\",\"Layers\":[\"%s\"]}]"
                                    .formatted(plain(choices), plain(choices));
                    default -> JsonGrowth.object(choices, 4);
                };
        files.put(document, text.getBytes(UTF_8));
        return files;
    }

    private static String plain(Choices choices) {
        var word = choices.of(WORDS);
        return choices.below(6) == 5 ? word + "\\u0000" : word;
    }

    private static Path directory(Map<String, byte[]> files) throws IOException {
        var directory = Files.createTempDirectory(PLACE, "layout");
        for (var file : files.entrySet()) {
            var path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        Files.createSymbolicLink(directory.resolve("link"), Path.of("l0"));
        Files.createSymbolicLink(directory.resolve("up"), Path.of("../secret"));
        return directory;
    }

    private static Path archive(Map<String, byte[]> files, int form) throws IOException {
        var archive = new TarMaker();
        files.forEach(archive::file);
        archive.symlink("link", "x/../l0").symlink("up", "../secret");
        archive.pax("linkpath", new byte[] {'a', 0, 'b'}).symlink("nul", "x");
        var bytes = archive.done();
        var packed =
                switch (form) {
                    case 0 -> TarMaker.gzip(bytes);
                    case 1 -> TarMaker.zstd(bytes);
                    default -> bytes;
                };
        return Files.write(PLACE.resolve("archive"), packed);
    }

    private static Path place() {
        try {
            var place = Files.createTempDirectory("image-archives");
            Files.writeString(place.resolve("secret"), SECRET);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> removed(place)));
            return place;
        } catch (IOException unwritable) {
            throw new UncheckedIOException("no place for archives", unwritable);
        }
    }

    private static void removed(Path path) {
        try (var files = Files.walk(path)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        } catch (IOException left) {
            throw new UncheckedIOException("cannot remove " + path, left);
        }
    }

    private static List<byte[]> seeds() {
        return Stream.of("\0\1\0\2\3\0\4\0", "\1\1\0\2\12\0\5\0", "\0\1\1\3\2\17\20\1")
                .map(each -> each.getBytes(ISO_8859_1))
                .toList();
    }
}
