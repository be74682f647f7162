package io.meseta.agent.resources;

import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Resources added up by name, whoever they are reserved for, as the read endpoints show them.
public final class ResourceSums {

    private static final List<String> ALWAYS = List.of("disk", "mem", "gpus", "cpus");
    private static final double THOUSAND = 1000.0;

    private final SequencedMap<String, Object> sums = new LinkedHashMap<>();

    private ResourceSums() {}

    public static ResourceSums of(List<Resource> resources) {
        var thousandths = new TreeMap<String, Long>();
        var ranges = new TreeMap<String, List<Value.Range>>();
        var sets = new TreeMap<String, TreeSet<String>>();
        for (var name : ALWAYS) thousandths.put(name, 0L);
        for (var resource : resources) {
            switch (resource.getType()) {
                case SCALAR ->
                        thousandths.merge(
                                resource.getName(),
                                Math.round(resource.getScalar().getValue() * THOUSAND),
                                Long::sum);
                case RANGES ->
                        ranges.computeIfAbsent(resource.getName(), _ -> new ArrayList<>())
                                .addAll(resource.getRanges().getRangeList());
                case SET ->
                        sets.computeIfAbsent(resource.getName(), _ -> new TreeSet<>())
                                .addAll(resource.getSet().getItemList());
                case TEXT -> {}
            }
        }
        var sums = new ResourceSums();
        // First, so that these come first.
        for (var name : ALWAYS) sums.sums.put(name, 0.0);
        thousandths.forEach((name, value) -> sums.sums.put(name, value / THOUSAND));
        ranges.forEach((name, value) -> sums.sums.put(name, text(value)));
        sets.forEach((name, items) -> sums.sums.put(name, "{" + String.join(", ", items) + "}"));
        return sums;
    }

    /// Numbers, and texts such as `[31000-32000]` and `{a, b}`; `cpus`, `gpus`, `mem` and `disk`
    /// are always there.
    public Map<String, Object> asMap() {
        return Collections.unmodifiableMap(sums);
    }

    /// The amount of a scalar; 0 when there is none.
    public double scalar(String name) {
        return sums.get(name) instanceof Double amount ? amount : 0;
    }

    String text() {
        return sums.entrySet().stream()
                .map(sum -> sum.getKey() + ":" + sum.getValue())
                .collect(Collectors.joining(";"));
    }

    private static String text(List<Value.Range> ranges) {
        var sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparingLong(Value.Range::getBegin));
        var texts = new ArrayList<String>();
        long begin = -1;
        long end = -2;
        for (var range : sorted) {
            if (range.getBegin() > end + 1) {
                if (end >= begin && begin >= 0) texts.add(begin + "-" + end);
                begin = range.getBegin();
                end = range.getEnd();
            } else {
                end = Math.max(end, range.getEnd());
            }
        }
        if (end >= begin && begin >= 0) texts.add(begin + "-" + end);
        return "[" + String.join(", ", texts) + "]";
    }
}
