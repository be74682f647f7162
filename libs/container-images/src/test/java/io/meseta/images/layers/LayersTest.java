package io.meseta.images.layers;

import static io.meseta.images.Faults.refuses;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.meseta.images.TarMaker;
import io.meseta.images.reference.Digest;
import io.meseta.images.reference.ImageFault.Kind;
import io.meseta.isolation.linux.Directory;
import io.meseta.isolation.linux.FileType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

final class LayersTest {

    @TempDir Path temporary;
    private Sandbox sandbox;

    @BeforeEach
    void open() {
        sandbox = new Sandbox(temporary);
    }

    @Test
    void unpacksWhatAnImageHolds() throws IOException {
        var unpacked =
                sandbox.unpack(
                        new TarMaker()
                                .directory("etc/")
                                .file("./etc/motd", "hello")
                                .mode(0750)
                                .file("/bin/deep/run", "#!")
                                .mode(0644)
                                .symlink("lib", "usr/lib")
                                .link("etc/same", "etc/motd")
                                .entry('6', "pipe", "", new byte[0])
                                .done());

        assertThat(unpacked.entries()).isEqualTo(6);
        assertThat(unpacked.bytes()).isEqualTo(7);
        assertThat(sandbox.text("etc/motd")).isEqualTo("hello");
        assertThat(sandbox.status("bin/deep/run").permissions()).isEqualTo(0750);
        assertThat(Files.readSymbolicLink(sandbox.root().resolve("lib")))
                .isEqualTo(Path.of("usr/lib"));
        assertThat(sandbox.status("etc/same").inode())
                .isEqualTo(sandbox.status("etc/motd").inode());
        assertThat(sandbox.status("pipe").type()).isEqualTo(FileType.FIFO);
        assertThat(sandbox.status("etc/motd").modified().seconds()).isEqualTo(1_000_000_000L);
        assertThat(sandbox.status("etc").modified().seconds()).isEqualTo(1_000_000_000L);
        assertThat(sandbox.status("etc").permissions()).isEqualTo(0755);
    }

    @Test
    void readsEveryCompression() {
        var archive = new TarMaker().file("a", "content").done();
        var forms = new ArrayList<byte[]>(List.of(archive));
        forms.add(TarMaker.gzip(archive));
        forms.add(TarMaker.zstd(archive));
        forms.add(TarMaker.compressed(archive, BZip2CompressorOutputStream::new));
        forms.add(
                TarMaker.compressed(archive, out -> new XZOutputStream(out, new LZMA2Options(1))));

        for (var form : forms) {
            sandbox.unpack(form);

            assertThat(sandbox.text("a")).isEqualTo("content");
        }
    }

    @Test
    void checksTheDigestOfAllThatWasCompressed() {
        var archive = new TarMaker().file("a", "content").done();
        var right = Digest.Algorithm.SHA256.of(archive);
        var wrong = Digest.Algorithm.SHA512.of(new byte[0]);

        unpack(TarMaker.gzip(archive), right);

        refuses(
                Kind.WRONG_DIGEST,
                "unpacks to sha512:",
                () -> unpack(TarMaker.zstd(archive), wrong));
    }

    private void unpack(byte[] archive, Digest expected) {
        Layers.unpack(
                new ByteArrayInputStream(archive), sandbox.root(), expected, Sandbox.options());
    }

    @Test
    void keepsLongAndForeignNames() throws IOException {
        var longName = "d".repeat(120) + "/" + "f".repeat(200);
        var archive =
                new TarMaker()
                        .entry('L', "././@LongLink", "", (longName + "\0").getBytes(UTF_8))
                        .file("cut", "gnu")
                        .pax("path", "pax/" + "ü".repeat(100))
                        .file("cut", "pax")
                        .done();

        sandbox.unpack(archive);

        assertThat(sandbox.text(longName)).isEqualTo("gnu");
        assertThat(sandbox.status(Directory.bytesOf("pax/" + "ü".repeat(100))).size()).isEqualTo(3);
    }

    @Test
    void keepsNamesThatAreNoText() {
        var raw = "na\u00ff\u00fe";

        sandbox.unpack(new TarMaker().file(raw, "x").done());

        assertThat(sandbox.status(raw).size()).isEqualTo(1);
    }

    @Test
    void keepsBinaryAttributes() {
        var value = new byte[] {0, (byte) 0xff, '\n', 1, (byte) 0x80, '='};

        sandbox.unpack(new TarMaker().pax("SCHILY.xattr.user.raw", value).directory("d/").done());

        assertThat(sandbox.attribute("d", "user.raw")).isEqualTo(value);
    }

    @Test
    void keepsCapabilitiesOwnersAndSetuidAsRoot() {
        assumeTrue(Sandbox.isRoot(), "only root may give files away");
        var capability = new byte[] {1, 0, 0, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

        var unpacked =
                sandbox.unpack(
                        new TarMaker()
                                .owner(1234, 65_534)
                                .mode(04755)
                                .pax("SCHILY.xattr.security.capability", capability)
                                .file("ping", "x")
                                .done());

        var status = sandbox.status("ping");
        assertThat(status.owner()).isEqualTo(1234);
        assertThat(status.group()).isEqualTo(65_534);
        assertThat(status.permissions()).isEqualTo(04755);
        assertThat(unpacked.attributesLeftOut()).isZero();
        assertThat(fileAttribute("ping", "security.capability")).isEqualTo(capability);
        assertThat(unpacked.isOwned()).isTrue();
    }

    private byte[] fileAttribute(String name, String attribute) {
        try (var top = Directory.open(sandbox.root())) {
            return top.attributes(name).value(attribute).orElse(new byte[0]);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void shiftsOwnersIntoAUserNamespace() {
        assumeTrue(Sandbox.isRoot(), "only root may give files away");
        var options = Sandbox.options();
        var shifted =
                new UnpackOptions(
                        options.limits(),
                        OwnerMap.shifted(100_000, 1000),
                        options.whiteouts(),
                        options.devices());

        sandbox.unpack(new TarMaker().owner(7, 0).file("a", "").done(), shifted);

        assertThat(sandbox.status("a").owner()).isEqualTo(100_007);
        assertThat(sandbox.status("a").group()).isEqualTo(100_000);
        refuses(
                Kind.MALFORMED,
                "owner 1000 has no place",
                () -> sandbox.unpack(new TarMaker().owner(1000, 0).file("b", "").done(), shifted));
    }

    @Test
    void dropsSetuidWhereOwnersAreNotKept() {
        var options = Sandbox.options();
        var ours =
                new UnpackOptions(
                        options.limits(), OwnerMap.ours(), options.whiteouts(), options.devices());

        var unpacked =
                sandbox.unpack(new TarMaker().mode(06755).owner(7, 7).file("su", "").done(), ours);

        assertThat(sandbox.status("su").permissions()).isEqualTo(0755);
        assertThat(unpacked.isOwned()).isFalse();
    }

    @Test
    void leavesOutWhatIsTheHostsBusiness() {
        var unpacked =
                sandbox.unpack(
                        new TarMaker()
                                .pax("SCHILY.xattr.security.selinux", "system_u")
                                .pax("SCHILY.xattr.trusted.overlay.redirect", "/other")
                                .pax("SCHILY.xattr.user.overlay.metacopy", "")
                                .directory("d/")
                                .device("dev/sda", '4', 8, 0)
                                .device("dev/null", '3', 1, 3)
                                .done());

        assertThat(unpacked.attributesLeftOut()).isEqualTo(1);
        assertThat(unpacked.devicesLeftOut()).isEqualTo(2);
        assertThat(sandbox.attribute("d", "trusted.overlay.redirect")).isEmpty();
        assertThat(sandbox.root().resolve("dev/sda")).doesNotExist();
    }

    @Test
    void turnsWhiteoutsOfBothFormsIntoOverlays() {
        sandbox.unpack(
                new TarMaker()
                        .file(".wh.gone", "")
                        .file("d/.wh.gone", "")
                        .file("d/.wh..wh.plnk", "")
                        .file("opaque/.wh..wh..opq", "")
                        .file("opaque/new", "")
                        .device("overlay", '3', 0, 0)
                        .pax("SCHILY.xattr.trusted.overlay.opaque", "y")
                        .directory("opaque2/")
                        .done());

        for (var gone : List.of("gone", "d/gone", "overlay")) {
            assertThat(sandbox.status(gone).type()).isEqualTo(FileType.CHARACTER_DEVICE);
            assertThat(sandbox.status(gone).specialDevice()).isZero();
        }
        var mark = Sandbox.options().whiteouts().opaque();
        assertThat(sandbox.attribute("opaque", mark)).containsExactly('y');
        assertThat(sandbox.attribute("opaque2", mark)).containsExactly('y');
        assertThat(sandbox.attribute("d", mark)).isEmpty();
        assertThat(sandbox.root().resolve("d/.wh..wh.plnk")).doesNotExist();
    }

    @Test
    void appliesWhiteoutsToLayersBelowOnly() {
        sandbox.unpack(
                new TarMaker()
                        .file(".wh.early", "")
                        .file("early", "stays")
                        .file("late", "stays")
                        .file(".wh.late", "")
                        .file(".wh.tree", "")
                        .file("tree/new", "stays")
                        .file("tree2/new", "stays")
                        .file(".wh.tree2", "")
                        .file(".wh.tree3", "")
                        .directory("tree3/")
                        .done());

        assertThat(sandbox.text("early")).isEqualTo("stays");
        assertThat(sandbox.text("late")).isEqualTo("stays");
        assertThat(sandbox.text("tree/new")).isEqualTo("stays");
        var mark = Sandbox.options().whiteouts().opaque();
        for (var tree : List.of("tree", "tree2", "tree3")) {
            assertThat(sandbox.attribute(tree, mark)).as(tree).containsExactly('y');
        }
    }

    @Test
    void saysThatAnOpaqueRootHidesAllLayersBelow() {
        assertThat(sandbox.unpack(new TarMaker().file(".wh..wh..opq", "").done()).hidesAllBelow())
                .isTrue();
    }

    @Test
    void letsTheLastOfTwoEntriesCount() {
        sandbox.unpack(
                new TarMaker()
                        .file("a", "first")
                        .file("a", "second")
                        .directory("d/")
                        .file("d/kept", "kept")
                        .mode(0700)
                        .directory("d/")
                        .mode(0644)
                        .directory("was")
                        .file("was/x", "")
                        .file("was", "file now")
                        .file("now", "")
                        .directory("now/")
                        .symlink("s", "a")
                        .file("s", "no link")
                        .link("a", "a")
                        .done());

        assertThat(sandbox.text("a")).isEqualTo("second");
        assertThat(sandbox.text("d/kept")).isEqualTo("kept");
        assertThat(sandbox.status("d").permissions()).isEqualTo(0700);
        assertThat(sandbox.text("was")).isEqualTo("file now");
        assertThat(sandbox.status("now").type()).isEqualTo(FileType.DIRECTORY);
        assertThat(sandbox.text("s")).isEqualTo("no link");
    }

    @Test
    void fillsReadOnlyDirectories() {
        sandbox.unpack(
                new TarMaker()
                        .mode(0555)
                        .directory("locked/")
                        .mode(0444)
                        .file("locked/file", "x")
                        .done());

        assertThat(sandbox.status("locked").permissions()).isEqualTo(0555);
        assertThat(sandbox.text("locked/file")).isEqualTo("x");
    }

    @Test
    void readsSparseFilesOfAllForms() throws IOException {
        long size = 5L << 30;
        var map = "1\n0\n3\n";
        var content = new byte[1024];
        System.arraycopy(map.getBytes(UTF_8), 0, content, 0, map.length());
        System.arraycopy("new".getBytes(UTF_8), 0, content, 512, 3);
        var archive =
                new TarMaker()
                        .oldSparse("old", size, new long[][] {{size - 3, 3}}, "old".getBytes(UTF_8))
                        .pax("GNU.sparse.major", "1")
                        .pax("GNU.sparse.minor", "0")
                        .pax("GNU.sparse.name", "one")
                        .pax("GNU.sparse.realsize", String.valueOf(size))
                        .file("GNUSparseFile.1/one", Arrays.copyOf(content, 515))
                        .pax("GNU.sparse.size", String.valueOf(size))
                        .pax("GNU.sparse.map", "7,3")
                        .file("zero", "map")
                        .pax("GNU.sparse.size", "100")
                        .pax("GNU.sparse.offset", "0")
                        .pax("GNU.sparse.numbytes", "1")
                        .pax("GNU.sparse.offset", "98")
                        .pax("GNU.sparse.numbytes", "2")
                        .file("many", "abc")
                        .done();

        sandbox.unpack(archive);

        for (var name : List.of("old", "one", "zero")) {
            assertThat(sandbox.status(name).size()).as(name).isEqualTo(size);
        }
        try (var file = Files.newByteChannel(sandbox.root().resolve("old"))) {
            var end = ByteBuffer.allocate(3);
            file.position(size - 3).read(end);
            assertThat(new String(end.array(), UTF_8)).isEqualTo("old");
        }
        assertThat(sandbox.text("many")).isEqualTo("a" + "\0".repeat(97) + "bc");
    }

    @Test
    void unpacksLargeContentInPieces() {
        var content = new byte[3_000_001];
        new Random(1).nextBytes(content);

        sandbox.unpack(TarMaker.zstd(new TarMaker().file("big", content).done()));

        assertThat(sandbox.root().resolve("big")).hasBinaryContent(content);
    }

    @Test
    void acceptsAnArchiveThatEndsBetweenTwoEntries() {
        sandbox.unpack(new TarMaker().file("a", "x").cut());

        assertThat(sandbox.text("a")).isEqualTo("x");
    }

    @Test
    void stopsWhenInterrupted() {
        Thread.currentThread().interrupt();
        try {
            refuses(
                    Kind.CANCELLED,
                    "interrupted",
                    () -> sandbox.unpack(new TarMaker().file("a", "x").done()));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
