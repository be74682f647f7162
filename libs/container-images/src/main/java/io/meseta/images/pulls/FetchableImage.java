package io.meseta.images.pulls;

import io.meseta.images.manifest.ImageConfig;
import io.meseta.images.reference.Digest;
import java.io.InputStream;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongConsumer;

/// One image that a source has, its small parts read already. Layers are asked for by several
/// threads at once.
public interface FetchableImage extends AutoCloseable {

    /// What the name meant: the digest of a manifest or of a list of them.
    Digest manifest();

    /// The digest of the configuration's text.
    Digest configDigest();

    /// The configuration's text, exactly.
    byte[] configText();

    ImageConfig config();

    /// Bytes to move for each layer, as far as they are known; the lowest layer first.
    List<Long> layerSizes();

    /// Fetches a layer and hands its archive, compressed in whatever way, to `reading`.
    ///
    /// @param index into the configuration's diff ids
    /// @param progress hears of bytes moved; of a negative number when some are moved again
    <T> T layer(int index, LongConsumer progress, Function<InputStream, T> reading);

    /// Lets go of what it holds besides the store; by default nothing.
    @Override
    default void close() {}
}
