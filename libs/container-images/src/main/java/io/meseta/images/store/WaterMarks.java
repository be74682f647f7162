package io.meseta.images.store;

/// When the disk is too full for images that nobody uses.
///
/// @param high used part of the file system, in percent, from which images are removed
/// @param low used part, in percent, at which that ends
public record WaterMarks(int high, int low) {

    public WaterMarks {
        if (low < 0 || high > 100 || low > high) {
            throw new IllegalArgumentException("not 0 ≤ low ≤ high ≤ 100: " + low + ", " + high);
        }
    }
}
