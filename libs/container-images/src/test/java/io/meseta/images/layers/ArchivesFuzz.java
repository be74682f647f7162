package io.meseta.images.layers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.images.TarMaker;
import io.meseta.images.reference.Digest;
import io.meseta.images.reference.ImageFault;
import io.meseta.testkit.fuzz.Choices;
import io.meseta.testkit.fuzz.Fuzz;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Archives, compressed or not, as the reader takes them: a fault that says what is broken, or
/// entries that come out no larger than what came in, and that are the same once we have written
/// them.
public final class ArchivesFuzz {

    private static final Fuzz FUZZ =
            Fuzz.of(ArchivesFuzz.class, ArchivesFuzz::fuzzerTestOneInput, ArchivesFuzz::seeds);

    /// An entry with what the archive stores for it, a character a byte.
    private record Stored(TarEntry entry, String content) {

        byte[] bytes() {
            return content.getBytes(ISO_8859_1);
        }
    }

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
        var choices = new Choices(input, TarGrowth.WORDS);
        var archive = choices.below(3) == 0 ? choices.rest() : TarGrowth.archive(choices);
        var found = new ArrayList<Stored>();
        try {
            for (var stored : read(archive)) {
                // What is written has been placed before.
                EntryPath.of(stored.entry().name(), UnpackLimits.usual());
                found.add(stored);
            }
        } catch (ImageFault refused) {
            assertThat(refused.kind())
                    .isIn(
                            ImageFault.Kind.MALFORMED,
                            ImageFault.Kind.TOO_LARGE,
                            ImageFault.Kind.UNSUPPORTED);
            return;
        } catch (IOException broken) {
            assertThat(Compression.broken(broken).kind()).isEqualTo(ImageFault.Kind.MALFORMED);
            return;
        }
        var again = read(written(found));
        assertThat(again).hasSameSizeAs(found);
        for (int i = 0; i < found.size(); i++) assertSame(again.get(i), found.get(i));
    }

    private static List<Stored> read(byte[] archive) throws IOException {
        var all = new ArrayList<Stored>();
        var compressed = new CountedStream(new ByteArrayInputStream(archive));
        try (var in =
                new WatchedStream(
                        Compression.open(compressed),
                        compressed,
                        new UnpackLimits(1 << 20, 1 << 20, 1_000, 1_100, 4096, 512),
                        Digest.Algorithm.SHA256)) {
            var reader = new TarReader(in);
            for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                all.add(new Stored(entry.get(), content(reader)));
            }
        }
        return all;
    }

    private static String content(TarReader reader) throws IOException {
        var content = new ByteArrayOutputStream();
        var chunk = new byte[500];
        for (int read = reader.read(chunk, chunk.length);
                read >= 0;
                read = reader.read(chunk, chunk.length)) {
            content.write(chunk, 0, read);
        }
        return content.toString(ISO_8859_1);
    }

    private static byte[] written(List<Stored> entries) throws IOException {
        var out = new ByteArrayOutputStream();
        var text = new TarText(out);
        for (var each : entries) {
            var entry = each.entry();
            long stored = entry.kind() == TarEntry.Kind.FILE ? each.content().length() : 0;
            text.header(entry, entry.name(), entry.link(), stored);
            if (entry.kind() != TarEntry.Kind.FILE) continue;
            text.write(each.bytes(), each.content().length());
            text.pad(stored);
        }
        text.end();
        return out.toByteArray();
    }

    private static void assertSame(Stored again, Stored before) {
        var one = again.entry();
        var other = before.entry();
        assertThat(one.name()).isEqualTo(other.name());
        assertThat(one.kind()).isEqualTo(other.kind());
        assertThat(one.owner()).isEqualTo(other.owner());
        assertThat(one.modified().seconds()).isEqualTo(other.modified().seconds());
        assertThat(one.isOverlayWhiteout()).isEqualTo(other.isOverlayWhiteout());
        assertThat(one.attributes().keySet()).isEqualTo(other.attributes().keySet());
        one.attributes()
                .forEach(
                        (name, value) -> assertThat(value).isEqualTo(other.attributes().get(name)));
        if (other.kind() == TarEntry.Kind.FILE) {
            assertThat(again.content()).isEqualTo(before.content());
            assertThat(one.size()).isEqualTo(other.size());
            assertThat(one.extents()).isEqualTo(other.extents());
        }
    }

    private static List<byte[]> seeds() {
        var plain =
                new TarMaker()
                        .directory("rootfs/")
                        .pax("SCHILY.xattr.user.a", new byte[] {0, 1})
                        .pax("mtime", "12.5")
                        .file("rootfs/a", "content")
                        .symlink("s", "a")
                        .link("l", "rootfs/a")
                        .device("d", '3', 1, 3)
                        .done();
        var sparse =
                new TarMaker()
                        .pax("GNU.sparse.size", "9")
                        .pax("GNU.sparse.map", "0,1,5,1")
                        .file("s", "xy")
                        .oldSparse("t", 9, new long[][] {{0, 1}, {5, 1}}, new byte[] {1, 2})
                        .done();
        var packed =
                Stream.of(plain, sparse, TarMaker.gzip(plain), TarMaker.zstd(sparse))
                        .map(ArchivesFuzz::asIs);
        var grown =
                Stream.of("\1\1\1\1\1\1\1\1\1\1\1\1\1", "\2\0\0\3\7\6\3\2\1\5\4\3\2\1\11")
                        .map(each -> each.getBytes(ISO_8859_1));
        return Stream.concat(packed, grown).toList();
    }

    private static byte[] asIs(byte[] archive) {
        var input = new byte[archive.length + 1];
        System.arraycopy(archive, 0, input, 1, archive.length);
        return Arrays.copyOf(input, Math.min(input.length, 4096));
    }
}
