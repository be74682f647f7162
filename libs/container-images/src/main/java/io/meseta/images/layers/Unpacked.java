package io.meseta.images.layers;

/// What came of a layer, and what of it was not kept.
///
/// @param entries of the archive
/// @param bytes of content written, holes not counted
/// @param hidesAllBelow whether its root is opaque: then no layer below it may be seen. Overlayfs
///   does not look at the roots of layers, so whoever mounts must
/// @param devicesLeftOut device nodes that were not made
/// @param attributesLeftOut extended attributes that belong to the host or that it does not take
/// @param isOwned whether files have the owners that the image gave them
public record Unpacked(
        long entries,
        long bytes,
        boolean hidesAllBelow,
        long devicesLeftOut,
        long attributesLeftOut,
        boolean isOwned) {}
