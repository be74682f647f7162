package io.meseta.allocator;

import io.meseta.model.Resources;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The least that is worth an offer: any one of the alternatives, each of them scalars by name in
/// thousandths. Without alternatives anything is worth it.
public record MinAllocatable(List<SortedMap<String, Long>> alternatives) {

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
            if (resources.scalar(least.getKey()) < least.getValue()) return false;
        }
        return true;
    }
}
