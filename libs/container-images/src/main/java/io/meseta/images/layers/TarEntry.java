package io.meseta.images.layers;

import io.meseta.isolation.linux.FileStatus.FileTime;
import java.util.List;
import java.util.Map;

/// One entry of an archive, before anybody has believed it.
///
/// @param name bytes, one character each, as it stands in the archive
/// @param link where a link points to; empty for what is no link
/// @param size length of the file once written, holes included
/// @param extents the parts of a sparse file that have content, in order; empty if it is not sparse
/// @param attributes extended attributes, values as bytes
record TarEntry(
        String name,
        Kind kind,
        String link,
        Owner owner,
        FileTime modified,
        Device device,
        long size,
        List<Extent> extents,
        Map<String, byte[]> attributes) {

    TarEntry {
        extents = List.copyOf(extents);
        attributes = Map.copyOf(attributes);
    }

    /// What an entry stands for.
    enum Kind {
        FILE,
        HARD_LINK,
        SYMLINK,
        CHARACTER_DEVICE,
        BLOCK_DEVICE,
        DIRECTORY,
        FIFO
    }

    /// Whose it is, and who may do what.
    ///
    /// @param mode the lower twelve bits
    record Owner(int mode, int user, int group) {}

    /// The number of a device.
    record Device(int major, int minor) {
        boolean isZero() {
            return major == 0 && minor == 0;
        }
    }

    /// A part of a sparse file that has content.
    record Extent(long offset, long length) {}

    boolean isSparse() {
        return !extents.isEmpty();
    }

    /// What an overlay file system leaves where something was removed.
    boolean isOverlayWhiteout() {
        return kind == Kind.CHARACTER_DEVICE && device.isZero();
    }
}
