package io.meseta.images;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/// Writes tar archives byte by byte, honest ones and others: what no honest tool would write is
/// what the tests are about.
public final class TarMaker {

    private static final int BLOCK = 512;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int mode = 0644;
    private int user;
    private int group;
    private long time = 1_000_000_000L;
    private byte[] pax = new byte[0];

    public TarMaker mode(int mode) {
        this.mode = mode;
        return this;
    }

    public TarMaker owner(int user, int group) {
        this.user = user;
        this.group = group;
        return this;
    }

    public TarMaker time(long seconds) {
        this.time = seconds;
        return this;
    }

    /// A record of the extended header of the next entry.
    public TarMaker pax(String key, byte[] value) {
        int length = key.length() + value.length + 3;
        int total = length + String.valueOf(length).length();
        total = length + String.valueOf(total).length();
        var record = new ByteArrayOutputStream();
        record.writeBytes(pax);
        record.writeBytes((total + " " + key + "=").getBytes(UTF_8));
        record.writeBytes(value);
        record.write('\n');
        pax = record.toByteArray();
        return this;
    }

    public TarMaker pax(String key, String value) {
        return pax(key, value.getBytes(UTF_8));
    }

    public TarMaker file(String name, String content) {
        return file(name, content.getBytes(UTF_8));
    }

    public TarMaker file(String name, byte[] content) {
        return entry('0', name, "", content);
    }

    public TarMaker directory(String name) {
        int kept = mode;
        if (mode == 0644) mode = 0755;
        entry('5', name, "", new byte[0]);
        mode = kept;
        return this;
    }

    public TarMaker symlink(String name, String target) {
        return entry('2', name, target, new byte[0]);
    }

    public TarMaker link(String name, String target) {
        return entry('1', name, target, new byte[0]);
    }

    public TarMaker device(String name, char type, int major, int minor) {
        flushPax();
        var header = header(type, name, "", 0);
        octal(header, 329, 8, major);
        octal(header, 337, 8, minor);
        return raw(sealed(header));
    }

    public TarMaker entry(char type, String name, String link, byte[] content) {
        flushPax();
        raw(sealed(header(type, name, link, content.length)));
        return padded(content);
    }

    /// A header whose size has nothing to do with what follows.
    public TarMaker lying(char type, String name, long size) {
        flushPax();
        return raw(sealed(header(type, name, "", size)));
    }

    /// Old GNU's sparse file: the map in the header, at most four parts.
    public TarMaker oldSparse(String name, long realSize, long[][] parts, byte[] content) {
        var header = header('S', name, "", content.length);
        for (int i = 0; i < parts.length; i++) {
            octal(header, 386 + 24 * i, 12, parts[i][0]);
            octal(header, 398 + 24 * i, 12, parts[i][1]);
        }
        octal(header, 483, 12, realSize);
        put(header, 257, "ustar  ");
        return raw(sealed(header)).padded(content);
    }

    private void flushPax() {
        if (pax.length == 0) return;
        var records = pax;
        pax = new byte[0];
        raw(sealed(header('x', "PaxHeaders/x", "", records.length))).padded(records);
    }

    public TarMaker padded(byte[] content) {
        out.writeBytes(content);
        out.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
        return this;
    }

    public TarMaker raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    private byte[] header(char type, String name, String link, long size) {
        var header = new byte[BLOCK];
        put(header, 0, name.length() > 100 ? name.substring(0, 100) : name);
        octal(header, 100, 8, mode);
        octal(header, 108, 8, user);
        octal(header, 116, 8, group);
        octal(header, 124, 12, size);
        octal(header, 136, 12, time);
        header[156] = (byte) type;
        put(header, 157, link);
        put(header, 257, "ustar\00000");
        return header;
    }

    /// A header with the right checksum, whatever else it says.
    public static byte[] sealed(byte[] header) {
        put(header, 148, "        ");
        int sum = 0;
        for (byte each : header) sum += Byte.toUnsignedInt(each);
        octal(header, 148, 7, sum);
        return header;
    }

    private static void octal(byte[] header, int at, int length, long number) {
        put(header, at, ("%0" + (length - 1) + "o").formatted(number));
    }

    private static void put(byte[] header, int at, String text) {
        var bytes = text.getBytes(ISO_8859_1);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    /// The archive, with its end.
    public byte[] done() {
        out.writeBytes(new byte[2 * BLOCK]);
        return out.toByteArray();
    }

    /// The archive as it is, without an end.
    public byte[] cut() {
        return out.toByteArray();
    }

    public static byte[] gzip(byte[] content) {
        return compressed(content, GZIPOutputStream::new);
    }

    public static byte[] zstd(byte[] content) {
        return compressed(content, ZstdOutputStream::new);
    }

    public static byte[] compressed(byte[] content, Compressor compressor) {
        var out = new ByteArrayOutputStream();
        try (var compressed = compressor.around(out)) {
            compressed.write(content);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return out.toByteArray();
    }

    /// Makes a compressing stream.
    @FunctionalInterface
    public interface Compressor {
        OutputStream around(OutputStream out) throws IOException;
    }
}
