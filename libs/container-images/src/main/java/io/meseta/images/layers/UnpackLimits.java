package io.meseta.images.layers;

import io.meseta.images.reference.ImageFault;

/// How much one layer may ask of this machine. Beyond any of these, unpacking stops.
///
/// @param bytesMax of the archive once decompressed
/// @param fileBytesMax length of one file, holes included
/// @param entriesMax files, directories, links and whiteouts
/// @param ratioMax decompressed bytes for each compressed one, looked at from 64 MiB on; gzip can't
///   pass 1,032
/// @param pathBytesMax a whole path
/// @param depthMax components of a path
public record UnpackLimits(
        long bytesMax,
        long fileBytesMax,
        long entriesMax,
        long ratioMax,
        int pathBytesMax,
        int depthMax) {

    private static final long RATIO_FROM = 64L << 20;

    public UnpackLimits {
        if (bytesMax <= 0 || fileBytesMax <= 0 || entriesMax <= 0 || ratioMax <= 0) {
            throw new IllegalArgumentException("a limit of nothing");
        }
        if (pathBytesMax <= 0 || depthMax <= 0) {
            throw new IllegalArgumentException("a limit of nothing");
        }
    }

    /// Above any honest layer that we know of, below what would hurt.
    public static UnpackLimits usual() {
        return new UnpackLimits(128L << 30, 1L << 40, 2_000_000, 1100, 4096, 512);
    }

    void checkBytes(long decompressed, long compressed) {
        if (decompressed > bytesMax) {
            throw ImageFault.tooLarge("a layer of more than %d bytes".formatted(bytesMax));
        }
        if (decompressed > RATIO_FROM && decompressed / Math.max(1, compressed) > ratioMax) {
            throw ImageFault.tooLarge(
                    "a layer that grows more than %d times when unpacked".formatted(ratioMax));
        }
    }

    void checkFile(long length) {
        if (length > fileBytesMax) {
            throw ImageFault.tooLarge("a file of more than %d bytes".formatted(fileBytesMax));
        }
    }

    void checkEntries(long entries) {
        if (entries > entriesMax) {
            throw ImageFault.tooLarge("a layer of more than %d entries".formatted(entriesMax));
        }
    }
}
