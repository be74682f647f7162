package io.meseta.images.layers;

import io.meseta.images.layers.TarEntry.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Writes entries as a tar archive in POSIX' format: the plain header for what old tools read, a
/// pax header with all that it can't hold.
final class TarText {

    private static final int NAME_BYTES = 100;
    private static final long OCTAL_MAX = (1L << 33) - 1;
    private static final int ID_MAX = (1 << 21) - 1;

    private final OutputStream out;

    TarText(OutputStream out) {
        this.out = out;
    }

    /// Writes the header of an entry that is stored as `stored` bytes, which must follow.
    void header(TarEntry entry, String name, String link, long stored) throws IOException {
        var pax = records(entry, name, link, stored);
        if (!pax.isEmpty()) {
            var text = text(pax);
            block(entry, "pax", "", 'x', text.length);
            content(text);
        }
        block(entry, name, link, type(entry.kind()), stored);
    }

    /// Fills the last block of a content of `length` bytes.
    void pad(long length) throws IOException {
        out.write(new byte[(int) (-length & (TarBlock.BYTES - 1))]);
    }

    void write(byte[] bytes, int length) throws IOException {
        out.write(bytes, 0, length);
    }

    void end() throws IOException {
        out.write(new byte[2 * TarBlock.BYTES]);
    }

    private void content(byte[] bytes) throws IOException {
        out.write(bytes);
        pad(bytes.length);
    }

    private static Map<String, byte[]> records(
            TarEntry entry, String name, String link, long stored) {
        var pax = new LinkedHashMap<String, byte[]>();
        if (name.length() > NAME_BYTES) pax.put("path", bytes(name));
        if (link.length() > NAME_BYTES) pax.put("linkpath", bytes(link));
        if (stored > OCTAL_MAX) pax.put("size", bytes(String.valueOf(stored)));
        if (entry.owner().user() > ID_MAX || entry.owner().user() < 0) {
            pax.put("uid", bytes(Integer.toUnsignedString(entry.owner().user())));
        }
        if (entry.owner().group() > ID_MAX || entry.owner().group() < 0) {
            pax.put("gid", bytes(Integer.toUnsignedString(entry.owner().group())));
        }
        var time = entry.modified();
        if (time.seconds() < 0 || time.seconds() > OCTAL_MAX) {
            pax.put("mtime", bytes(String.valueOf(time.seconds())));
        }
        if (entry.isSparse()) {
            pax.put("GNU.sparse.size", bytes(String.valueOf(entry.size())));
            pax.put(
                    "GNU.sparse.map",
                    bytes(
                            entry.extents().stream()
                                    .map(each -> each.offset() + "," + each.length())
                                    .collect(Collectors.joining(","))));
        }
        // Sorted, so that one archive always gives one digest.
        new TreeMap<>(entry.attributes())
                .forEach((key, value) -> pax.put("SCHILY.xattr." + key, value));
        return pax;
    }

    private static byte[] text(Map<String, byte[]> pax) {
        var text = new ByteArrayOutputStream();
        pax.forEach((key, value) -> {
            int rest = key.length() + value.length + 3;
            int total = rest + String.valueOf(rest).length();
            total = rest + String.valueOf(total).length();
            text.writeBytes(bytes(total + " " + key + "="));
            text.writeBytes(value);
            text.write('\n');
        });
        return text.toByteArray();
    }

    private void block(TarEntry entry, String name, String link, char type, long size)
            throws IOException {
        var owner = entry.owner();
        long time = entry.modified().seconds();
        var header = new byte[TarBlock.BYTES];
        put(header, 0, cut(name));
        octal(header, 100, 8, owner.mode());
        octal(header, 108, 8, owner.user() < 0 || owner.user() > ID_MAX ? 0 : owner.user());
        octal(header, 116, 8, owner.group() < 0 || owner.group() > ID_MAX ? 0 : owner.group());
        octal(header, 124, 12, size > OCTAL_MAX ? 0 : size);
        octal(header, 136, 12, time < 0 || time > OCTAL_MAX ? 0 : time);
        header[156] = (byte) type;
        put(header, 157, cut(link));
        put(header, 257, "ustar\00000");
        octal(header, 329, 8, device(entry.device().major()));
        octal(header, 337, 8, device(entry.device().minor()));
        put(header, 148, "        ");
        int sum = 0;
        for (byte each : header) sum += Byte.toUnsignedInt(each);
        octal(header, 148, 7, sum);
        out.write(header);
    }

    private static String cut(String name) {
        return name.length() > NAME_BYTES ? name.substring(0, NAME_BYTES) : name;
    }

    private static char type(Kind kind) {
        return switch (kind) {
            case FILE -> '0';
            case HARD_LINK -> '1';
            case SYMLINK -> '2';
            case CHARACTER_DEVICE -> '3';
            case BLOCK_DEVICE -> '4';
            case DIRECTORY -> '5';
            case FIFO -> '6';
        };
    }

    /// Numbers that no kernel has are the largest that fits, and so still no whiteout.
    private static int device(int number) {
        return number < 0 || number > ID_MAX ? ID_MAX : number;
    }

    private static void octal(byte[] header, int at, int length, long number) {
        put(header, at, ("%0" + (length - 1) + "o").formatted(number));
    }

    private static void put(byte[] header, int at, String text) {
        var bytes = bytes(text);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
