package io.meseta.cli;

import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a task needs, in thousandths of the wire's units (CPUs and MB), so that sums are exact.
///
/// @param thousandths the amount by resource name, each above zero, in the order of being named
record Demand(Map<String, Long> thousandths) {

    private static final double SCALE = 1_000;

    Demand {
        thousandths = new LinkedHashMap<>(thousandths);
    }

    /// @param amounts in the wire's units; those that are zero are left out
    static Demand of(Map<String, Double> amounts) {
        var thousandths = new LinkedHashMap<String, Long>();
        amounts.forEach((name, amount) -> {
            long rounded = Math.round(amount * SCALE);
            if (rounded > 0) {
                thousandths.put(name, rounded);
            }
        });
        return new Demand(thousandths);
    }

    /// The parts of `offered` that cover this demand, with their roles and reservations; empty when
    /// they do not suffice.
    Optional<List<Resource>> takenFrom(List<Resource> offered) {
        var taken = new ArrayList<Resource>();
        for (var need : thousandths.entrySet()) {
            long missing = need.getValue();
            for (var resource : offered) {
                if (missing > 0 && isPlain(resource) && resource.getName().equals(need.getKey())) {
                    long part = Math.min(missing, amount(resource));
                    taken.add(partOf(resource, part));
                    missing -= part;
                }
            }
            if (missing > 0) {
                return Optional.empty();
            }
        }
        return Optional.of(taken.stream().filter(part -> amount(part) > 0).toList());
    }

    /// How much of each demanded resource there is in `resources`, as people read it.
    String shareOf(List<Resource> resources) {
        return thousandths.keySet().stream()
                .map(name -> printed(name, sum(resources, name)))
                .collect(Collectors.joining(", "));
    }

    /// How well `resources` cover the demand: the smallest ratio over its parts, at most 1.
    double coverage(List<Resource> resources) {
        return thousandths.entrySet().stream()
                .mapToDouble(need -> (double) sum(resources, need.getKey()) / need.getValue())
                .map(ratio -> Math.min(1, ratio))
                .min()
                .orElse(1);
    }

    @Override
    public String toString() {
        return thousandths.entrySet().stream()
                .map(need -> printed(need.getKey(), need.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static long sum(List<Resource> resources, String name) {
        return resources.stream()
                .filter(resource -> isPlain(resource) && resource.getName().equals(name))
                .mapToLong(Demand::amount)
                .sum();
    }

    private static String printed(String name, long thousandths) {
        var amount = thousandths % 1000 == 0 ? "" + thousandths / 1000 : "" + thousandths / SCALE;
        return name.equals("cpus") ? name + " " + amount : name + " " + amount + " MB";
    }

    private static long amount(Resource resource) {
        return Math.round(resource.getScalar().getValue() * SCALE);
    }

    private static Resource partOf(Resource resource, long thousandths) {
        return resource.toBuilder()
                .setScalar(Value.Scalar.newBuilder().setValue(thousandths / SCALE))
                .build();
    }

    /// Neither a volume nor a disk of its own, nor anything that may be taken back or is shared.
    private static boolean isPlain(Resource resource) {
        return resource.getType() == Value.Type.SCALAR
                && !resource.hasDisk()
                && !resource.hasRevocable()
                && !resource.hasShared();
    }
}
