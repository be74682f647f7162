package io.meseta.allocator;

import io.meseta.model.Items;
import io.meseta.model.Ranges;
import io.meseta.model.Resources;
import io.meseta.model.Scalar;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The least that is worth an offer: any one of the alternatives, each of them quantities by name
/// in thousandths. Ranges and sets are counted. Without alternatives anything is worth it.
public record MinAllocatable(List<SortedMap<String, Long>> alternatives) {

    private static final long PER_PIECE = 1_000;

    /// More than that is enough for anyone, and sums of it still fit.
    private static final long PIECES_MAX = 1_000_000_000_000L;

    /// A hundredth of a CPU, or 32 MB of memory.
    public static final MinAllocatable DEFAULT =
            new MinAllocatable(
                    List.of(
                            new TreeMap<>(Map.of("cpus", 10L)),
                            new TreeMap<>(Map.of("mem", 32_000L))));

    public MinAllocatable {
        alternatives =
                alternatives.stream()
                        .map(amounts -> Collections.unmodifiableSortedMap(new TreeMap<>(amounts)))
                        .toList();
    }

    boolean isMetBy(Resources resources) {
        if (alternatives.isEmpty()) return true;
        for (var alternative : alternatives) {
            if (isMetBy(resources, alternative)) return true;
        }
        return false;
    }

    private static boolean isMetBy(Resources resources, SortedMap<String, Long> alternative) {
        for (var least : alternative.entrySet()) {
            if (resources.scalar(least.getKey()) < least.getValue()
                    && counted(resources, least.getKey()) < least.getValue()) return false;
        }
        return true;
    }

    /// How many there are of what comes in pieces, in thousandths.
    private static long counted(Resources resources, String name) {
        return resources.stream()
                .filter(resource -> resource.kind().name().equals(name))
                .mapToLong(resource ->
                        switch (resource.amount()) {
                            case Scalar _ -> 0;
                            case Ranges ranges -> ranges.count();
                            case Items items -> items.names().size();
                        })
                .map(pieces -> Math.min(pieces, PIECES_MAX) * PER_PIECE)
                .sum();
    }
}
