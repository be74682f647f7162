package io.meseta.images.layers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.meseta.images.TarMaker;
import io.meseta.testkit.fuzz.Choices;
import java.util.List;

/// Makes tar archives of choices: with checksums that are right, since nothing behind a wrong one
/// is ever read, and all else as odd as the choices want it.
final class TarGrowth {

    static final List<String> WORDS =
            List.of(
                    "a",
                    "b",
                    "a/b",
                    "b/a",
                    "s",
                    "s/a",
                    "a/s",
                    "./",
                    "../victim",
                    "/a",
                    "/proc/self/cwd",
                    ".wh.a",
                    "a/.wh..wh..opq",
                    "rootfs/",
                    "rootfs/a",
                    "rootfs/b",
                    "0",
                    "1",
                    "7",
                    "511",
                    "0,1",
                    "0,1,5,1",
                    "-1",
                    "1.5",
                    "1e9",
                    "9223372036854775807",
                    "y");

    private static final List<String> KEYS =
            List.of(
                    "path",
                    "linkpath",
                    "size",
                    "uid",
                    "gid",
                    "mtime",
                    "comment",
                    "SCHILY.xattr.user.a",
                    "SCHILY.xattr.security.capability",
                    "SCHILY.xattr.trusted.overlay.opaque",
                    "SCHILY.xattr.",
                    "GNU.sparse.size",
                    "GNU.sparse.map",
                    "GNU.sparse.name",
                    "GNU.sparse.major",
                    "GNU.sparse.minor",
                    "GNU.sparse.realsize",
                    "GNU.sparse.offset",
                    "GNU.sparse.numbytes");
    private static final List<Character> TYPES =
            List.of('0', '5', '2', '1', '3', '4', '6', '\0', '7', 'S', 'x', 'g', 'L', 'K', 'M');
    private static final int ENTRIES_MAX = 12;
    private static final int CONTENT_MAX = 700;

    private TarGrowth() {}

    static byte[] archive(Choices choices) {
        var archive = new TarMaker();
        for (int i = 0; i < ENTRIES_MAX && !choices.isOver(); i++) entry(archive, choices);
        return choices.coin() ? archive.cut() : archive.done();
    }

    private static void entry(TarMaker archive, Choices choices) {
        archive.mode(choices.coin() ? choices.below(1 << 12) : 0644);
        for (int i = choices.below(4); i > 0; i--) {
            archive.pax(choices.of(KEYS), choices.text().getBytes(ISO_8859_1));
        }
        char type = choices.of(TYPES);
        var name = cut(choices.text());
        switch (choices.below(6)) {
            case 0 -> archive.entry(type, name, cut(choices.text()), content(choices));
            case 1 -> archive.entry(type, name, "", records(choices));
            case 2 -> archive.lying(type, name, choices.whole() & 0x1_ffff_ffffL);
            case 3 -> archive.raw(TarMaker.sealed(turned(choices, type, name)));
            case 4 -> archive.symlink(name, cut(choices.text()));
            default -> archive.file(name, content(choices));
        }
    }

    /// A header whose numbers are any bytes at all.
    private static byte[] turned(Choices choices, char type, String name) {
        var header = new byte[TarBlock.BYTES];
        var bytes = name.getBytes(ISO_8859_1);
        System.arraycopy(bytes, 0, header, 0, bytes.length);
        header[156] = (byte) type;
        for (int i = choices.below(6); i >= 0; i--) {
            int at = 100 + choices.below(TarBlock.BYTES - 124);
            var odd = choices.octets(24);
            System.arraycopy(odd, 0, header, at, odd.length);
        }
        return header;
    }

    private static byte[] records(Choices choices) {
        var records = new StringBuilder();
        for (int i = choices.below(5); i >= 0; i--) {
            var record = " " + choices.of(KEYS) + "=" + choices.text() + "\n";
            int length = record.length() + String.valueOf(record.length()).length();
            records.append(choices.below(8) == 7 ? choices.below(99) : length).append(record);
        }
        return records.toString().getBytes(ISO_8859_1);
    }

    private static byte[] content(Choices choices) {
        var few = choices.octets(20);
        return choices.below(3) == 0 ? new byte[choices.below(CONTENT_MAX)] : few;
    }

    /// What a header has a place for.
    private static String cut(String text) {
        return text.length() > 100 ? text.substring(0, 100) : text;
    }
}
