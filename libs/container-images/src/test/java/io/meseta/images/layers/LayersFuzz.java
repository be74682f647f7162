package io.meseta.images.layers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.images.reference.ImageFault;
import io.meseta.isolation.linux.Directory;
import io.meseta.testkit.fuzz.Choices;
import io.meseta.testkit.fuzz.Fuzz;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Layers of strangers on a real disk: nothing outside the root is touched, and a layer that can't
/// be unpacked is the image's fault and never the disk's. The same archive, as an AppC image has
/// it, becomes a layer that is read again.
public final class LayersFuzz {

    private static final UnpackLimits LIMITS =
            new UnpackLimits(1 << 20, 1 << 20, 100, 1_100, 4096, 60);

    private static final Path PLACE = place();

    private static final Fuzz FUZZ =
            Fuzz.of(LayersFuzz.class, LayersFuzz::fuzzerTestOneInput, LayersFuzz::seeds);

    @TestFactory
    Stream<DynamicTest> takeWhateverComes() {
        return FUZZ.tests(400);
    }

    /// Called by the fuzzer.
    public static void fuzzerInitialize() {
        FUZZ.layOutSeeds();
    }

    /// Called by the fuzzer.
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        var archive = TarGrowth.archive(new Choices(input, TarGrowth.WORDS));
        var outside = Files.createTempDirectory(PLACE, "case");
        try {
            var sandbox = new Sandbox(outside);
            var before = sandbox.witness();
            attempt(() -> sandbox.unpack(archive, Sandbox.with(LIMITS)));
            sandbox.assertUntouched(before);
            attempt(() -> checkSubtree(archive, outside.resolve("layer")));
        } finally {
            removed(PLACE, outside);
        }
    }

    private static void checkSubtree(byte[] archive, Path layer) {
        try (var in = new ByteArrayInputStream(archive)) {
            var digest = Subtree.write(in, "rootfs", Set.of(), layer);
            try (var again = Files.newInputStream(layer)) {
                assertThat(Subtree.find(again, "none").content()).isEmpty();
            }
            assertThat(digest.algorithm().of(Files.readAllBytes(layer))).isEqualTo(digest);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void attempt(Runnable attempt) {
        try {
            attempt.run();
        } catch (ImageFault refused) {
            assertThat(refused.kind())
                    .as(refused.getMessage())
                    .isIn(
                            ImageFault.Kind.MALFORMED,
                            ImageFault.Kind.TOO_LARGE,
                            ImageFault.Kind.UNSUPPORTED);
        }
    }

    private static Path place() {
        try {
            var above = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
            var place = Files.createTempDirectory(above, "layers-fuzz");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> removed(above, place)));
            return place;
        } catch (IOException unwritable) {
            throw new UncheckedIOException("no place for layers", unwritable);
        }
    }

    /// Ours, since a layer may have made a directory that not even its owner can look into.
    private static void removed(Path above, Path directory) {
        try (var place = Directory.open(above)) {
            place.removeAll(above.relativize(directory).toString());
        } catch (IOException left) {
            throw new UncheckedIOException("cannot remove " + directory, left);
        }
    }

    private static List<byte[]> seeds() {
        return Stream.of(
                        "\0\0\0\0\5\1\1\1\1\0\0\4\4\2\4\3\3\2\0\0\5\0\10",
                        "\1\2\3\4\5\6\7\1\2\3\4\5\6\7\1\2\3\4\5\6\7")
                .map(each -> each.getBytes(ISO_8859_1))
                .toList();
    }
}
