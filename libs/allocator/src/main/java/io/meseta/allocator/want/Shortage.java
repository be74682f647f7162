package io.meseta.allocator.want;

import io.meseta.model.Amount;
import io.meseta.model.Items;
import io.meseta.model.Ranges;
import io.meseta.model.Resource;
import io.meseta.model.Resources;
import io.meseta.model.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// What lacks of one name, whatever kind it is of.
///
/// @param available of the same type as what is needed
public record Shortage(String name, Amount needed, Amount available) {

    /// All that is not there, in the order of names.
    public static List<Shortage> of(Resources needed, Resources available) {
        var shortages = new ArrayList<Shortage>();
        var names = new TreeSet<String>();
        needed.stream().map(resource -> resource.kind().name()).forEach(names::add);
        for (var name : names) {
            var sample =
                    needed.stream()
                            .filter(resource -> resource.kind().name().equals(name))
                            .findFirst()
                            .orElseThrow()
                            .amount();
            var wanted = sumLike(sample, needed, name);
            var there = sumLike(sample, available, name);
            if (!there.contains(wanted)) shortages.add(new Shortage(name, wanted, there));
        }
        return shortages;
    }

    /// Whether everything is there. Asked often: without making a list where scalars settle it.
    public static boolean none(Resources needed, Resources available) {
        for (var each : needed.scalarTotals().entrySet()) {
            if (available.scalar(each.getKey()) < each.getValue()) return false;
        }
        boolean isScalar = needed.stream().allMatch(each -> each.amount() instanceof Scalar);
        return isScalar || of(needed, available).isEmpty();
    }

    /// All amounts of the name together, of the sample's type; those of another type do not count.
    private static Amount sumLike(Amount sample, Resources resources, String name) {
        var amounts =
                resources.stream()
                        .filter(resource -> resource.kind().name().equals(name))
                        .map(Resource::amount);
        return switch (sample) {
            case Scalar _ -> new Scalar(resources.scalar(name));
            case Ranges _ -> {
                Amount none = new Ranges(List.of());
                yield amounts.filter(Ranges.class::isInstance).reduce(none, Amount::plus);
            }
            case Items _ -> {
                Amount none = Items.of(List.of());
                yield amounts.filter(Items.class::isInstance).reduce(none, Amount::plus);
            }
        };
    }
}
