package io.meseta.agent.fetch;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/// Takes archives apart, by the ends of their names as Mesos does.
final class Archives {

    /// What the xz decoder may take; the format's own highest preset takes 65 MiB.
    private static final int XZ_KIB_MAX = 128 << 10;

    private static final int LINK_BYTES_MAX = 4096;

    private enum Format {
        TAR,
        TAR_GZ,
        TAR_BZ2,
        TAR_XZ,
        ZIP,
        GZ,
        NONE
    }

    private Archives() {}

    static boolean isArchive(String name) {
        return format(name) != Format.NONE;
    }

    /// Takes `file` apart into `directory`. The archive itself stays.
    static void extract(Path file, String name, SafeDirectory directory, Budget budget)
            throws IOException {
        var format = format(name);
        switch (format) {
            case ZIP -> unzip(file, directory, budget);
            case GZ -> {
                var plain = name.substring(0, name.length() - ".gz".length());
                try (var in = gunzipped(buffered(file));
                        var out = directory.create(plain)) {
                    budget.copy(in, out);
                }
            }
            case TAR, TAR_GZ, TAR_BZ2, TAR_XZ -> {
                try (var meter = new HeaderMeter(unpacked(format, buffered(file)));
                        var in = new TarArchiveInputStream(meter)) {
                    untar(in, meter, directory, budget);
                }
            }
            case NONE -> {}
        }
    }

    private static Format format(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".tar")) return Format.TAR;
        if (lower.endsWith(".tgz") || lower.endsWith(".tar.gz")) return Format.TAR_GZ;
        if (lower.endsWith(".tbz2") || lower.endsWith(".tar.bz2")) return Format.TAR_BZ2;
        if (lower.endsWith(".txz") || lower.endsWith(".tar.xz")) return Format.TAR_XZ;
        if (lower.endsWith(".zip")) return Format.ZIP;
        if (lower.endsWith(".gz") && lower.length() > ".gz".length()) return Format.GZ;
        return Format.NONE;
    }

    private static InputStream unpacked(Format format, InputStream in) throws IOException {
        return switch (format) {
            case TAR_GZ -> gunzipped(in);
            case TAR_BZ2 -> new BZip2CompressorInputStream(in, true);
            case TAR_XZ ->
                    XZCompressorInputStream.builder()
                            .setInputStream(in)
                            .setDecompressConcatenated(true)
                            .setMemoryLimitKiB(XZ_KIB_MAX)
                            .get();
            case TAR, ZIP, GZ, NONE -> in;
        };
    }

    private static InputStream gunzipped(InputStream in) throws IOException {
        return GzipCompressorInputStream.builder()
                .setInputStream(in)
                .setDecompressConcatenated(true)
                .get();
    }

    private static InputStream buffered(Path file) throws IOException {
        return new BufferedInputStream(Files.newInputStream(file), 64 << 10);
    }

    private static void untar(
            TarArchiveInputStream in, HeaderMeter meter, SafeDirectory directory, Budget budget)
            throws IOException {
        for (var entry = next(in, meter); entry != null; entry = next(in, meter)) {
            budget.takeEntry();
            untar(entry, in, directory, budget);
        }
    }

    private static @Nullable TarArchiveEntry next(TarArchiveInputStream in, HeaderMeter meter)
            throws IOException {
        meter.begin();
        var entry = in.getNextEntry();
        meter.end();
        if (entry == null) return null;
        // Those for all entries to come pile up from entry to entry.
        long bytes = 0;
        for (var each : entry.getExtraPaxHeaders().entrySet())
            bytes += each.getKey().length() + each.getValue().length();
        if (bytes > HeaderMeter.BYTES_MAX) throw HeaderMeter.tooMuch();
        return entry;
    }

    private static void untar(
            TarArchiveEntry entry, InputStream in, SafeDirectory directory, Budget budget)
            throws IOException {
        var name = entry.getName();
        if (isRoot(name)) return;
        if (entry.isDirectory()) {
            directory.makeDirectory(name);
            directory.permit(name, entry.getMode() & 0777);
        } else if (entry.isSymbolicLink()) {
            directory.makeLink(name, entry.getLinkName());
        } else if (entry.isLink()) {
            directory.makeHardLink(name, entry.getLinkName());
        } else if (entry.isFile()
                && !entry.isCharacterDevice()
                && !entry.isBlockDevice()
                && !entry.isFIFO()) {
            try (var out = directory.create(name)) {
                budget.copy(in, out);
            }
            directory.permit(name, entry.getMode() & 0777);
        } else {
            throw new FetchFailure("'" + name + "' is refused: it is a device or a pipe");
        }
    }

    private static void unzip(Path file, SafeDirectory directory, Budget budget)
            throws IOException {
        try (var channel = new DirectoryMeter(file);
                var zip = ZipFile.builder().setSeekableByteChannel(channel).get()) {
            channel.end();
            var entries = zip.getEntries();
            while (entries.hasMoreElements()) {
                budget.takeEntry();
                unzip(zip, entries.nextElement(), directory, budget);
            }
        }
    }

    private static void unzip(
            ZipFile zip, ZipArchiveEntry entry, SafeDirectory directory, Budget budget)
            throws IOException {
        var name = entry.getName();
        if (isRoot(name)) return;
        if (entry.isDirectory()) {
            directory.makeDirectory(name);
            return;
        }
        try (var in = zip.getInputStream(entry)) {
            if (entry.isUnixSymlink()) {
                var target = in.readNBytes(LINK_BYTES_MAX);
                directory.makeLink(name, new String(target, StandardCharsets.UTF_8));
                return;
            }
            try (var out = directory.create(name)) {
                budget.copy(in, out);
            }
        }
        int mode = entry.getUnixMode() & 0777;
        if (mode != 0) directory.permit(name, mode);
    }

    private static boolean isRoot(String name) {
        return name.equals("./") || name.equals(".");
    }
}
