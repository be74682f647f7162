package io.meseta.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Resources of every sort, from a seeded source.
final class RandomResources {

    private static final List<ResourceKind> KINDS = kinds();

    private final RandomGenerator random;

    RandomResources(RandomGenerator random) {
        this.random = random;
    }

    Resources next() {
        var resources = new ArrayList<Resource>();
        for (var kind : KINDS) {
            if (random.nextInt(3) == 0) resources.add(new Resource(kind, amount(kind)));
        }
        return Resources.of(resources);
    }

    Amount amount(ResourceKind kind) {
        // All copies of a shared volume are of one size.
        if (kind.shared()) return Scalar.ofUnits(64);
        return switch (kind.name()) {
            case "ports" -> ranges();
            case "disks" -> items();
            default -> new Scalar(random.nextInt(4) == 0 ? 0 : random.nextLong(1_000_000_000));
        };
    }

    Ranges ranges() {
        var ranges = new ArrayList<Ranges.Range>();
        for (int i = random.nextInt(5); i > 0; i--) {
            long begin = random.nextInt(60);
            ranges.add(new Ranges.Range(begin, begin + random.nextInt(12)));
        }
        return new Ranges(ranges);
    }

    Items items() {
        var names = new ArrayList<String>();
        for (int i = random.nextInt(4); i > 0; i--) names.add("d" + random.nextInt(6));
        return Items.of(names);
    }

    private static List<ResourceKind> kinds() {
        var dev = Reservation.ofStatic(new Role("dev"));
        var web =
                new Reservation(
                        Reservation.Type.DYNAMIC,
                        new Role("dev/web"),
                        Optional.of("alice"),
                        Labels.of("k", "v"));
        var volume =
                new Disk(
                        Optional.of(
                                new Disk.Persistence("v1", Optional.empty(), "data", Disk.Mode.RW)),
                        Optional.empty());
        var none = Optional.<String>empty();
        return List.of(
                ResourceKind.plain("cpus"),
                ResourceKind.plain("mem"),
                ResourceKind.plain("ports"),
                ResourceKind.plain("disks"),
                new ResourceKind("cpus", List.of(), Optional.empty(), true, false, none),
                ResourceKind.plain("cpus").reserved(dev),
                ResourceKind.plain("cpus").reserved(dev).reserved(web),
                ResourceKind.plain("ports").reserved(dev),
                new ResourceKind("disk", List.of(dev), Optional.of(volume), false, false, none),
                new ResourceKind("disk", List.of(web), Optional.of(volume), false, true, none));
    }
}
