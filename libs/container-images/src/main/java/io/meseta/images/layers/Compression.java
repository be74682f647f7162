package io.meseta.images.layers;

import com.github.luben.zstd.ZstdInputStream;
import io.meseta.images.reference.ImageFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/// How an archive is compressed, told by its first bytes: media types are often wrong about it.
public enum Compression {
    NONE(""),
    GZIP("\u001f\u008b"),
    ZSTD("(\u00b5/\u00fd"),
    BZIP2("BZh"),
    XZ("\u00fd7zXZ\0");

    private static final int MAGIC_MAX = 6;
    private static final int BUFFER_BYTES = 64 << 10;

    /// zstd and xz may ask for windows of gigabytes; real archives need a small part of this.
    private static final int WINDOW_LOG_MAX = 27;

    private static final int XZ_KIB_MAX = 128 << 10;

    /// A character a byte.
    private final String magic;

    Compression(String magic) {
        this.magic = magic;
    }

    /// What `in` holds, decompressed.
    public static InputStream open(InputStream in) throws IOException {
        var source = new PushbackInputStream(in, MAGIC_MAX);
        var start = source.readNBytes(MAGIC_MAX);
        source.unread(start);
        try {
            return new Decompressed(of(start).decompress(source));
        } catch (RuntimeException broken) {
            throw Decompressed.trouble(broken);
        }
    }

    /// How `file` is compressed.
    public static Compression of(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return of(in.readNBytes(MAGIC_MAX));
        }
    }

    /// Tells it from the first bytes.
    static Compression of(byte[] start) {
        for (var each : values()) {
            if (each != NONE && each.begins(start)) return each;
        }
        return NONE;
    }

    private boolean begins(byte[] start) {
        return new String(start, StandardCharsets.ISO_8859_1).startsWith(magic);
    }

    private InputStream decompress(InputStream in) throws IOException {
        return switch (this) {
            case NONE -> in;
            case GZIP -> new GZIPInputStream(in, BUFFER_BYTES);
            case ZSTD -> new ZstdInputStream(in).setLongMax(WINDOW_LOG_MAX);
            case BZIP2 -> new BZip2CompressorInputStream(in, true);
            case XZ -> new XZInputStream(in, XZ_KIB_MAX);
        };
    }

    /// What a decompressor or a cut-off file threw, as trouble with the image.
    static ImageFault broken(IOException cause) {
        return new ImageFault(
                ImageFault.Kind.MALFORMED,
                "the layer is cut off or broken: " + cause.getMessage(),
                cause);
    }
}
