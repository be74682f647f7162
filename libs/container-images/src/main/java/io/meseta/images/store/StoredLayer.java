package io.meseta.images.store;

import io.meseta.images.reference.Digest;
import java.nio.file.Path;

/// A layer that lies unpacked on this machine.
///
/// @param tree its files, in overlayfs' form
/// @param bytes of content
/// @param hidesAllBelow whether no layer below it may be seen
/// @param isOwned whether its files have the owners that the image gave them
public record StoredLayer(
        Digest diffId, Path tree, long bytes, boolean hidesAllBelow, boolean isOwned) {}
