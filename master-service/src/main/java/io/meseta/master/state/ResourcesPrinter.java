package io.meseta.master.state;

import io.meseta.master.doors.JsonPrinter;
import io.meseta.model.Items;
import io.meseta.model.Ranges;
import io.meseta.model.Resources;
import io.meseta.model.Scalar;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Prints resources as the older endpoints do: one member for each name, the four that every agent
/// has in any case.
final class ResourcesPrinter {

    private static final List<String> ALWAYS = List.of("disk", "mem", "gpus", "cpus");
    private static final double PER_UNIT = 1_000;

    private ResourcesPrinter() {}

    static void print(JsonPrinter json, String name, Resources resources) throws IOException {
        json.object(name, () -> members(json, resources));
    }

    private static void members(JsonPrinter json, Resources resources) throws IOException {
        var firm = resources.filter(each -> !each.kind().revocable());
        var revocable = resources.filter(each -> each.kind().revocable());
        for (var name : ALWAYS) json.field(name, firm.scalar(name) / PER_UNIT);
        print(json, revocable, "_revocable");
        var others =
                firm.filter(each ->
                        !ALWAYS.contains(each.kind().name()) || !(each.amount() instanceof Scalar));
        print(json, others, "");
    }

    private static void print(JsonPrinter json, Resources resources, String suffix)
            throws IOException {
        var names = new LinkedHashSet<String>();
        resources.stream().forEach(each -> names.add(each.kind().name()));
        for (var name : names) {
            var same = resources.filter(each -> each.kind().name().equals(name));
            var first = same.stream().findFirst().orElseThrow().amount();
            switch (first) {
                case Scalar _ -> json.field(name + suffix, same.scalar(name) / PER_UNIT);
                case Ranges _ -> json.field(name + suffix, ranges(same));
                case Items _ -> json.field(name + suffix, items(same));
            }
        }
    }

    static String text(Ranges ranges) {
        return ranges.ranges().stream()
                .map(range -> range.begin() + "-" + range.end())
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String ranges(Resources same) {
        var all =
                same.stream()
                        .flatMap(each ->
                                each.amount() instanceof Ranges(var some)
                                        ? some.stream()
                                        : Stream.empty())
                        .toList();
        return text(new Ranges(all));
    }

    private static String items(Resources same) {
        return same.stream()
                .flatMap(each ->
                        each.amount() instanceof Items(var some) ? some.stream() : Stream.empty())
                .distinct()
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
