package io.meseta.images.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.images.TarMaker;
import io.meseta.images.reference.ImageFault;
import io.meseta.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whatever an archive says, it says it inside the root, in bounded time, or is refused.
@Timeout(120)
final class HostileLayersProperties {

    private static final List<String> NAMES =
            List.of(
                    "a", "b", "a/b", "b/a", "a/b/c", "s", "s/a", "a/s", ".", "/a", ".wh.a",
                    "a/.wh.b");
    private static final List<String> TARGETS =
            List.of("a", "..", "../victim", "/", "/a", "s", "a/../..", "/proc/self/cwd", "b/a");

    @TempDir Path temporary;

    @Test
    void neverLeavesTheRootWhateverTheOrderOfEntries() {
        Seeds.run(
                400,
                random -> {
                    var archive = new TarMaker();
                    for (int i = random.nextInt(12); i >= 0; i--) add(archive, random);

                    assertHarmless(archive.done());
                });
    }

    @Test
    void survivesFlippedBytes() {
        Seeds.run(
                400,
                random -> {
                    var archive = new TarMaker();
                    for (int i = 0; i < 4; i++) add(archive, random);
                    var whole = archive.done();
                    var packed =
                            switch (random.nextInt(3)) {
                                case 0 -> whole;
                                case 1 -> TarMaker.gzip(whole);
                                default -> TarMaker.zstd(whole);
                            };
                    for (int i = random.nextInt(4); i >= 0; i--) {
                        packed[random.nextInt(packed.length)] ^= (byte) (1 << random.nextInt(8));
                    }

                    assertHarmless(packed);
                });
    }

    private static void add(TarMaker archive, Random random) {
        var name = NAMES.get(random.nextInt(NAMES.size()));
        var target = TARGETS.get(random.nextInt(TARGETS.size()));
        switch (random.nextInt(8)) {
            case 0 -> archive.directory(name);
            case 1, 2 -> archive.symlink(name, target);
            case 3 -> archive.link(name, target);
            case 4 -> archive.pax("path", name).file("x", "p");
            case 5 -> archive.device(name, '3', 0, 0);
            case 6 -> archive.mode(random.nextInt(010000)).file(name, "");
            default -> archive.file(name, "content");
        }
    }

    private void assertHarmless(byte[] archive) throws IOException {
        var place = Files.createTempDirectory(temporary, "case");
        var sandbox = new Sandbox(place);
        var before = sandbox.witness();
        try {
            sandbox.unpack(archive);
        } catch (ImageFault refused) {
            assertThat(refused.kind()).isNotEqualTo(ImageFault.Kind.STORAGE);
        }
        sandbox.assertUntouched(before);
    }
}
