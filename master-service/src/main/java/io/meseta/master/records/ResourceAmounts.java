package io.meseta.master.records;

import io.meseta.model.Items;
import io.meseta.model.Ranges;
import io.meseta.model.Resources;
import io.meseta.model.Scalar;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Resources by name, whatever they are reserved for: numbers in the wire's units, and texts.
final class ResourceAmounts {

    private static final double PER_UNIT = 1_000;

    private ResourceAmounts() {}

    static Map<String, Object> of(Resources resources) {
        var amounts = new LinkedHashMap<String, Object>();
        for (var kind : resources.kinds()) {
            var name = kind.name();
            if (!amounts.containsKey(name)) amounts.put(name, amount(resources, name));
        }
        return amounts;
    }

    private static Object amount(Resources all, String name) {
        var same = all.filter(each -> each.kind().name().equals(name));
        var first = same.stream().findFirst().orElseThrow().amount();
        return switch (first) {
            case Scalar _ -> same.scalar(name) / PER_UNIT;
            case Ranges _ ->
                    same.stream()
                            .flatMap(each ->
                                    each.amount() instanceof Ranges ranges
                                            ? ranges.ranges().stream()
                                            : Stream.<Ranges.Range>empty())
                            .map(range -> range.begin() + "-" + range.end())
                            .collect(Collectors.joining(", ", "[", "]"));
            case Items _ ->
                    same.stream()
                            .flatMap(each ->
                                    each.amount() instanceof Items items
                                            ? items.names().stream()
                                            : Stream.<String>empty())
                            .collect(Collectors.joining(", ", "{", "}"));
        };
    }
}
