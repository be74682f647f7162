package io.meseta.images.layers;

import io.meseta.images.reference.Digest;
import io.meseta.images.reference.ImageFault;
import io.meseta.images.reference.ImageFault.Kind;
import io.meseta.isolation.linux.Directory;
import io.meseta.isolation.linux.Errno;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Unpacks layers.
///
/// ```java
/// var unpacked = Layers.unpack(blob, emptyDirectory, diffId, UnpackOptions.forRoot());
/// ```
public final class Layers {

    private Layers() {}

    /// Unpacks an archive, compressed in any way that [Compression] knows, into the empty directory
    /// `into`. When it throws, what was written so far is still there.
    ///
    /// @param expected digest of the decompressed archive; null where nobody has said one
    public static Unpacked unpack(
            InputStream archive, Path into, @Nullable Digest expected, UnpackOptions options) {
        try (var root = Directory.open(into)) {
            return unpack(archive, root, expected, options);
        } catch (Errno failed) {
            throw ImageFault.storage("opening " + into, failed);
        }
    }

    static Unpacked unpack(
            InputStream archive, Directory root, @Nullable Digest expected, UnpackOptions options) {
        var algorithm = expected == null ? Digest.Algorithm.SHA256 : expected.algorithm();
        var compressed = new CountedStream(archive);
        try (var content =
                        new WatchedStream(
                                Compression.open(compressed),
                                compressed,
                                options.limits(),
                                algorithm);
                var unpacking = new LayerUnpacking(root, new TarReader(content), options)) {
            var unpacked = unpacking.run();
            var digest = content.finish();
            if (expected == null || digest.equals(expected)) return unpacked;
            throw new ImageFault(
                    Kind.WRONG_DIGEST,
                    "a layer unpacks to %s instead of %s".formatted(digest, expected));
        } catch (IOException failed) {
            throw Compression.broken(failed);
        }
    }
}
