package io.meseta.images.layers;

import static io.meseta.images.Faults.refuses;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.images.TarMaker;
import io.meseta.images.reference.ImageFault;
import io.meseta.images.reference.ImageFault.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Archives made to escape, to fill the disk, or to hang. After each test, what lies outside of the
/// root is as it was before, down to its times and link counts.
@Timeout(60)
final class HostileLayersTest {

    @TempDir Path temporary;
    private Sandbox sandbox;
    private TreeMap<String, String> before = new TreeMap<>();

    @BeforeEach
    void open() {
        sandbox = new Sandbox(temporary);
        before = sandbox.witness();
    }

    @AfterEach
    void nothingOutsideIsTouched() {
        sandbox.assertUntouched(before);
    }

    @Test
    void writesThroughNoLinkThatLeadsOut() {
        var targets =
                List.of(
                        "../victim",
                        "../../../../../../../../" + temporary.resolve("victim"),
                        temporary.resolve("victim").toString(),
                        "/proc/self/cwd",
                        "/proc/self/root" + temporary.resolve("victim"),
                        "loop",
                        "/");
        for (var target : targets) {
            attempt(new TarMaker().symlink("loop", target).file("loop/new", "evil"));
            attempt(new TarMaker().symlink("loop", target).file("loop/secret", "evil"));
            attempt(new TarMaker().symlink("loop", target).file("loop/.wh.secret", ""));
            attempt(new TarMaker().symlink("loop", target).file("loop/.wh..wh..opq", ""));
            attempt(new TarMaker().symlink("loop", target).directory("loop/"));
            attempt(new TarMaker().symlink("loop", target).mode(0777).directory("loop/d/"));
            attempt(new TarMaker().symlink("loop", target).link("mine", "loop/secret"));
            attempt(new TarMaker().symlink("loop", target).link("mine", "loop").file("mine", "x"));
            attempt(new TarMaker().symlink("loop", target).symlink("loop/x", "y"));
            attempt(new TarMaker().symlink("loop", target).entry('6', "loop/x", "", new byte[0]));
        }
    }

    @Test
    void overwritesLinksAndNotWhatTheyPointTo() {
        var secret = temporary.resolve("victim/secret").toString();

        sandbox.unpack(
                new TarMaker()
                        .symlink("s", secret)
                        .file("s", "mine")
                        .symlink("t", secret)
                        .link("u", "t")
                        .file("u", "mine")
                        .done());

        assertThat(sandbox.text("s")).isEqualTo("mine");
        assertThat(sandbox.text("u")).isEqualTo("mine");
        assertThat(Files.isSymbolicLink(sandbox.root().resolve("s"))).isFalse();
    }

    @Test
    void resolvesLinksInsideTheRoot() {
        sandbox.unpack(
                new TarMaker()
                        .directory("usr/lib/")
                        .symlink("lib", "/usr/lib")
                        .symlink("up", "../../../usr")
                        .file("lib/a", "a")
                        .file("up/lib/b", "b")
                        .done());

        assertThat(sandbox.text("usr/lib/a")).isEqualTo("a");
        assertThat(sandbox.text("usr/lib/b")).isEqualTo("b");
    }

    @Test
    void refusesNamesThatClimb() {
        for (var name : List.of("../victim/new", "a/../../victim/new", "..", "a/..", "/../x")) {
            refuses(Kind.MALFORMED, "climbs", () -> unpack(new TarMaker().file(name, "evil")));
        }
        refuses(
                Kind.MALFORMED,
                "climbs",
                () -> unpack(new TarMaker().link("mine", "../victim/secret")));
        refuses(
                Kind.MALFORMED,
                "climbs",
                () -> unpack(new TarMaker().file("../victim/.wh.secret", "")));
        refuses(
                Kind.MALFORMED,
                "climbs",
                () -> unpack(new TarMaker().pax("path", "../victim/new").file("x", "evil")));
    }

    @Test
    void takesAbsoluteNamesAsRelativeToTheRoot() {
        var secret = temporary.resolve("victim/secret").toString();

        unpack(new TarMaker().file(secret, "mine"));

        assertThat(sandbox.root().resolve(secret.substring(1))).hasContent("mine");
        refuses(
                Kind.MALFORMED,
                "not in its layer",
                () -> unpack(new TarMaker().link("l", "/etc/passwd")));
    }

    @Test
    void refusesWhiteoutsOfNothing() {
        for (var name : List.of(".wh.", ".wh..", ".wh...", "d/.wh...")) {
            refuses(Kind.MALFORMED, "whiteout", () -> unpack(new TarMaker().file(name, "")));
        }
    }

    @Test
    void refusesWhatCannotBeInATree() {
        refuses(
                Kind.MALFORMED,
                "directory as well",
                () -> unpack(new TarMaker().file("a", "").file("a/b", "")));
        refuses(Kind.MALFORMED, "root", () -> unpack(new TarMaker().symlink("./", "x")));
        refuses(Kind.MALFORMED, "nothing", () -> unpack(new TarMaker().symlink("s", "")));
        refuses(Kind.MALFORMED, "not in its", () -> unpack(new TarMaker().link("l", "none")));
        refuses(
                Kind.MALFORMED,
                "not in its",
                () -> unpack(new TarMaker().directory("d/").link("l", "d")));
        refuses(
                Kind.MALFORMED,
                "symbolic links",
                () -> unpack(new TarMaker().symlink("o", "o").file("o/x", "")));
        refuses(
                Kind.MALFORMED,
                "NUL",
                () -> unpack(new TarMaker().pax("path", "a\0b").file("a", "")));
    }

    @Test
    void refusesDevicesWhereToldTo() {
        var options = Sandbox.options();
        var strict =
                new UnpackOptions(
                        options.limits(),
                        options.owners(),
                        options.whiteouts(),
                        UnpackOptions.Devices.REFUSE);

        refuses(
                Kind.UNSUPPORTED,
                "a device",
                () -> sandbox.unpack(new TarMaker().device("sda", '4', 8, 0).done(), strict));
    }

    @Test
    void stopsBombs() {
        var zeros = new byte[96 << 20];
        var bomb = TarMaker.zstd(new TarMaker().file("bomb", zeros).done());

        refuses(Kind.TOO_LARGE, "grows more than 1100 times", () -> sandbox.unpack(bomb));
        assertThat(sandbox.status("bomb").size()).isLessThan(80 << 20);
    }

    @Test
    void holdsEachLimit() {
        var small = new UnpackLimits(100_000, 1000, 10, 1100, 60, 5);
        var hostile =
                Map.of(
                        "a layer of more than 100000 bytes",
                        many(90, 900),
                        "a layer of more than 10 entries",
                        many(11, 0),
                        "a file of more than 1000 bytes",
                        new TarMaker().file("f", new byte[1001]),
                        "a path too long",
                        new TarMaker().file("a/".repeat(40), ""),
                        "a path too deep",
                        new TarMaker().file("a/b/c/d/e/f", ""),
                        "a file of more than 1000",
                        new TarMaker().lying('0', "f", 1L << 32));
        hostile.forEach((says, archive) -> {
            var limits = says.contains("100000") ? withMoreEntries(small) : small;
            refuses(
                    Kind.TOO_LARGE,
                    says,
                    () -> sandbox.unpack(archive.done(), Sandbox.with(limits)));
        });
    }

    private static UnpackLimits withMoreEntries(UnpackLimits limits) {
        return new UnpackLimits(limits.bytesMax(), limits.fileBytesMax(), 1000, 1100, 60, 5);
    }

    private static TarMaker many(int count, int size) {
        var archive = new TarMaker();
        for (int i = 0; i < count; i++) archive.file("f" + i, new byte[size]);
        return archive;
    }

    @Test
    void refusesBrokenHeaders() {
        refuses(
                Kind.MALFORMED,
                "no tar archive",
                () -> sandbox.unpack("x".repeat(1024).getBytes(ISO_8859_1)));
        refuses(Kind.TOO_LARGE, "1 MiB", () -> unpack(new TarMaker().lying('x', "p", 2 << 20)));
        refuses(Kind.TOO_LARGE, "1 MiB", () -> unpack(new TarMaker().lying('L', "p", 1L << 32)));
        refuses(Kind.UNSUPPORTED, "type 77", () -> unpack(new TarMaker().lying('M', "p", 0)));
        var headers = new TarMaker();
        for (int i = 0; i < 100; i++) headers.entry('g', "g", "", new byte[0]);
        refuses(Kind.MALFORMED, "without entries", () -> unpack(headers));
        for (var records :
                List.of("0 a=b\n", "99 a=b\n", "6 a=b", "x a=b\n", "6 =bb\n", "5 ab\n")) {
            refuses(
                    Kind.MALFORMED,
                    "pax",
                    () -> unpack(new TarMaker().entry('x', "p", "", records.getBytes(ISO_8859_1))));
        }
        refuses(
                Kind.MALFORMED,
                "no time",
                () -> unpack(new TarMaker().pax("mtime", "x").file("a", "")));
        refuses(
                Kind.MALFORMED,
                "pax",
                () -> unpack(new TarMaker().pax("mtime", "1e999999999").file("a", "")));
        refuses(
                Kind.MALFORMED,
                "negative",
                () -> unpack(new TarMaker().pax("size", "-1").file("a", "")));
        refuses(
                Kind.MALFORMED,
                "owner",
                () -> unpack(new TarMaker().pax("uid", "99999999999").file("a", "")));
    }

    @Test
    void refusesBrokenMapsOfSparseFiles() {
        var maps =
                List.of(
                        "5,1,0,1",
                        "0,-1",
                        "0,2",
                        "9,9",
                        "0",
                        "0,1,0,0,x,1",
                        "0,9223372036854775807,1,1");
        for (var map : maps) {
            refuses(
                    Kind.MALFORMED,
                    "sparse",
                    () ->
                            unpack(
                                    new TarMaker()
                                            .pax("GNU.sparse.size", "10")
                                            .pax("GNU.sparse.map", map)
                                            .file("s", "x")));
        }
        refuses(
                Kind.TOO_LARGE,
                "parts",
                () ->
                        unpack(
                                new TarMaker()
                                        .pax("GNU.sparse.size", "10")
                                        .pax("GNU.sparse.map", "0,0,".repeat(110_000) + "0,0")
                                        .file("s", "")));
        for (var start : List.of("x\n", "-1\n", "99999999999999999999999\n", "2\n0\n")) {
            assertRefused(
                    new TarMaker()
                            .pax("GNU.sparse.major", "1")
                            .pax("GNU.sparse.minor", "0")
                            .pax("GNU.sparse.realsize", "10")
                            .file("s", start));
        }
    }

    @Test
    void refusesArchivesCutAnywhere() {
        var whole =
                TarMaker.gzip(
                        new TarMaker()
                                .pax("SCHILY.xattr.user.a", "b")
                                .file("a", "x".repeat(2000))
                                .file("b", "y".repeat(700))
                                .done());
        for (int length = 1; length < whole.length - 1; length++) {
            var cut = Arrays.copyOf(whole, length);
            refuses(Kind.MALFORMED, "", () -> sandbox.unpack(cut));
        }
        var plain = new TarMaker().file("a", "x".repeat(2000)).cut();
        for (int length = 1; length < plain.length; length += 100) {
            var cut = Arrays.copyOf(plain, length);
            refuses(Kind.MALFORMED, "cut off or broken", () -> sandbox.unpack(cut));
        }
    }

    private Unpacked unpack(TarMaker archive) {
        return sandbox.unpack(archive.done());
    }

    /// Whether it is refused or taken is for other tests; that nothing is touched, for this one.
    private void attempt(TarMaker archive) {
        try {
            unpack(archive);
        } catch (ImageFault refused) {
            assertThat(refused.kind()).isEqualTo(Kind.MALFORMED);
        }
    }

    private void assertRefused(TarMaker archive) {
        assertThatThrownBy(() -> unpack(archive)).isInstanceOf(ImageFault.class);
    }
}
