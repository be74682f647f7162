package io.meseta.allocator.want;

import io.meseta.allocator.quota.Tab;
import io.meseta.model.AgentId;
import io.meseta.model.Amount;
import io.meseta.model.Items;
import io.meseta.model.Ranges;
import io.meseta.model.Resource;
import io.meseta.model.Resources;
import io.meseta.model.Scalar;
import io.meseta.model.quota.Quantities;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The sets that one claimant still seeks, during one allocation.
public final class Gatherer {

    private final List<GangSet> open;

    /// What is held for all in the role.
    private final Tab held;

    public Gatherer(List<GangSet> open, Tab held) {
        this.open = new ArrayList<>(open);
        this.held = held;
    }

    /// A set, and what there is for it.
    public record Piece(GangSet set, Resources part) {}

    public List<GangSet> open() {
        return open;
    }

    /// The first of these sets for which there is enough, and no more than it needs.
    ///
    /// @param taking whether exactly this may be taken
    public static @Nullable Piece piece(
            List<GangSet> sets, AgentId agent, Resources wanted, Predicate<Resources> taking) {
        Resources lacking = Resources.EMPTY;
        for (var set : sets) {
            var want = set.want();
            // Mostly all sets are alike.
            if (want.needed().equals(lacking)) continue;
            if (!want.isMetBy(agent, wanted)) {
                if (want.agent().isEmpty()) lacking = want.needed();
                continue;
            }
            var part = part(want.needed(), wanted);
            if (taking.test(part)) return new Piece(set, part);
        }
        return null;
    }

    /// Whether so much more may be held for the role.
    public boolean mayHold(Resources part) {
        return held.hasRoomFor(Quantities.of(part));
    }

    public void holds(Piece piece) {
        held.add(Quantities.of(piece.part()));
        open.remove(piece.set());
    }

    /// The amounts that are needed, of whatever kinds they are there: what is reserved comes first,
    /// since fewer can use it.
    private static Resources part(Resources needed, Resources wanted) {
        var part = Resources.EMPTY;
        for (boolean isReserved : new boolean[] {true, false}) {
            var some = wanted.filter(each -> each.kind().isReserved() == isReserved);
            for (var each : some.stream().toList()) {
                var lacking = lacking(needed, part, each);
                if (lacking != null) part = part.plus(Resources.of(lacking));
            }
        }
        return part;
    }

    /// What of this resource is needed beside the part; null for nothing.
    private static @Nullable Resource lacking(Resources needed, Resources part, Resource there) {
        var name = there.kind().name();
        Amount amount =
                switch (there.amount()) {
                    case Scalar(long has) ->
                            new Scalar(
                                    Math.max(
                                            0,
                                            Math.min(
                                                    has, needed.scalar(name) - part.scalar(name))));
                    case Ranges ranges -> ranges.without(ranges.without(all(needed, name, ranges)));
                    case Items items -> items.without(items.without(all(needed, name, items)));
                };
        if (amount.isEmpty()) return null;
        return new Resource(there.kind(), amount);
    }

    /// What is needed of the name, of the type of the sample.
    private static Amount all(Resources needed, String name, Amount sample) {
        var none = sample.without(sample);
        return needed.stream()
                .filter(each -> each.kind().name().equals(name))
                .map(Resource::amount)
                .filter(amount -> amount.getClass().equals(sample.getClass()))
                .reduce(none, Amount::plus);
    }
}
