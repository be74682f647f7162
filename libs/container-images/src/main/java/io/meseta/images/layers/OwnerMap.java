package io.meseta.images.layers;

import io.meseta.images.reference.ImageFault;
import java.util.List;

/// Which owner on the host stands for which owner in the image.
///
/// @param ranges empty where ownership is not kept at all: then all files are those of whoever
///   unpacks, and none is setuid
public record OwnerMap(List<Range> ranges) {

    /// `length` numbers from `inside` on are `outside` on the host; numbers are unsigned.
    public record Range(int inside, int outside, int length) {
        private boolean holds(int number) {
            return Integer.compareUnsigned(number - inside, length) < 0;
        }
    }

    public OwnerMap {
        ranges = List.copyOf(ranges);
    }

    /// As the image has it: for root.
    public static OwnerMap same() {
        return new OwnerMap(List.of(new Range(0, 0, -1)));
    }

    /// All files are ours: for who may not give files away. What needs another owner won't work.
    public static OwnerMap ours() {
        return new OwnerMap(List.of());
    }

    /// For a user namespace whose first id is `base`.
    public static OwnerMap shifted(int base, int length) {
        return new OwnerMap(List.of(new Range(0, base, length)));
    }

    boolean isKept() {
        return !ranges.isEmpty();
    }

    /// @throws ImageFault where nobody on the host stands for it
    public int outside(int inside) {
        for (var range : ranges) {
            if (range.holds(inside)) return range.outside() + (inside - range.inside());
        }
        throw ImageFault.malformed(
                "owner %s has no place on this host".formatted(Integer.toUnsignedString(inside)));
    }
}
