package io.meseta.agent.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;

/// Archives made on the spot, good ones and bad ones.
final class SampleArchives {

    private SampleArchives() {}

    /// What an archive holds, one by one.
    record Entry(TarArchiveEntry entry, String text) {}

    static Entry file(String name, String text) {
        var entry = new TarArchiveEntry(name, true);
        entry.setSize(text.getBytes(UTF_8).length);
        return new Entry(entry, text);
    }

    static Entry link(String name, String target) {
        var entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        entry.setLinkName(target);
        return new Entry(entry, "");
    }

    static byte[] tar(Entry... entries) {
        var bytes = new ByteArrayOutputStream();
        try {
            writeTar(bytes, entries);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
        return bytes.toByteArray();
    }

    private static void writeTar(OutputStream out, Entry... entries) throws IOException {
        try (var tar = new TarArchiveOutputStream(out)) {
            for (var each : entries) {
                tar.putArchiveEntry(each.entry());
                tar.write(each.text().getBytes(UTF_8));
                tar.closeArchiveEntry();
            }
        }
    }

    static byte[] archive(String suffix, String name, String text) {
        var bytes = new ByteArrayOutputStream();
        try {
            switch (suffix) {
                case ".tar" -> writeTar(bytes, file(name, text));
                case ".tar.gz", ".tgz" -> {
                    try (var out = new GZIPOutputStream(bytes)) {
                        writeTar(out, file(name, text));
                    }
                }
                case ".tar.bz2" -> {
                    try (var out = new BZip2CompressorOutputStream(bytes)) {
                        writeTar(out, file(name, text));
                    }
                }
                case ".tar.xz" -> {
                    try (var out = new XZCompressorOutputStream(bytes)) {
                        writeTar(out, file(name, text));
                    }
                }
                case ".zip" -> {
                    try (var zip = new ZipArchiveOutputStream(bytes)) {
                        zip.putArchiveEntry(new ZipArchiveEntry(name));
                        zip.write(text.getBytes(UTF_8));
                        zip.closeArchiveEntry();
                    }
                }
                default -> throw new AssertionError(suffix);
            }
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
        return bytes.toByteArray();
    }

    static byte[] gzip(byte[] plain) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    /// A file with an attribute, without the blocks that end an archive.
    static byte[] attributed(String key, String value) {
        var rest = " " + key + "=" + value + "\n";
        var record = "%07d%s".formatted(rest.length() + 7, rest);
        var type = TarConstants.LF_PAX_EXTENDED_HEADER_LC;
        var header = new TarArchiveEntry("attributes", type);
        header.setSize(record.length());
        var whole = tar(new Entry(header, record), file("f-" + key, ""));
        int padded = (record.length() + 511) / 512 * 512;
        return Arrays.copyOf(whole, 512 + padded + 512);
    }

    /// The same, with the attribute for all entries that come.
    static byte[] forAll(byte[] attributed) {
        attributed[156] = TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER;
        Arrays.fill(attributed, 148, 156, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < 512; i++) sum += Byte.toUnsignedInt(attributed[i]);
        System.arraycopy("%06o".formatted(sum).getBytes(UTF_8), 0, attributed, 148, 6);
        attributed[154] = 0;
        return attributed;
    }
}
