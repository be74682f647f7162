package io.meseta.images.layers;

import io.meseta.images.layers.TarEntry.Extent;
import io.meseta.images.reference.ImageFault;
import java.util.ArrayList;
import java.util.List;

/// Where a sparse file has content, in the four ways in which archives say it.
final class SparseMap {

    static final int EXTENTS_MAX = 100_000;

    private SparseMap() {}

    /// Offsets and lengths in turn.
    static List<Extent> pairs(List<Long> numbers) {
        if (numbers.size() % 2 != 0) throw broken();
        if (numbers.size() > 2 * EXTENTS_MAX) throw tooMany();
        var extents = new ArrayList<Extent>();
        for (int i = 0; i < numbers.size(); i += 2) {
            extents.add(new Extent(numbers.get(i), numbers.get(i + 1)));
        }
        return extents;
    }

    static List<Long> numbers(String text, String separator) {
        var numbers = new ArrayList<Long>();
        for (var each : text.split(separator, -1)) {
            if (numbers.size() > 2 * EXTENTS_MAX) throw tooMany();
            try {
                numbers.add(Long.parseLong(each));
            } catch (NumberFormatException _) {
                throw broken();
            }
        }
        return numbers;
    }

    /// The pairs of an old GNU header or of one of its extensions, up to the first empty one.
    static void addOld(TarBlock block, int from, int count, List<Extent> extents) {
        for (int i = 0; i < count; i++) {
            int at = from + 24 * i;
            if (block.byteAt(at + 12) == 0) return;
            extents.add(new Extent(block.number(at, 12), block.number(at + 12, 12)));
            if (extents.size() > EXTENTS_MAX) throw tooMany();
        }
    }

    /// In order, without overlap, inside the file, and as much as the archive holds.
    static List<Extent> checked(List<Extent> extents, long size, long stored) {
        if (size < 0) throw broken();
        long end = 0;
        long sum = 0;
        for (var extent : extents) {
            if (extent.offset() < end || extent.length() < 0) throw broken();
            if (extent.offset() > size || extent.length() > size - extent.offset()) throw broken();
            end = extent.offset() + extent.length();
            sum += extent.length();
        }
        if (sum != stored) throw broken();
        // A file that is one hole: said by an extent of nothing, so that it still counts as sparse.
        return extents.isEmpty() ? List.of(new Extent(0, 0)) : extents;
    }

    static ImageFault tooMany() {
        return ImageFault.tooLarge("a sparse file of more than %d parts".formatted(EXTENTS_MAX));
    }

    private static ImageFault broken() {
        return ImageFault.malformed("a broken map of a sparse file");
    }
}
