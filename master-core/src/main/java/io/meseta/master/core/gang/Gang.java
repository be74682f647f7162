package io.meseta.master.core.gang;

import io.meseta.allocator.want.Want;
import java.time.Duration;
import java.util.List;

/// Needs of one framework that are worth something only together.
///
/// @param sets what each of them is, all in the gang's role; never empty
public record Gang(GangId id, List<Want> sets) {

    /// So many gangs a framework may gather at a time: each is looked at with each allocation.
    public static final int EACH_MAX = 4;

    /// How long sets are held for a gang that is not complete, where nobody says otherwise.
    public static final Duration TIMEOUT = Duration.ofMinutes(1);

    public Gang {
        sets = List.copyOf(sets);
        if (sets.isEmpty()) throw new IllegalArgumentException("a gang needs something");
    }

    /// Whether the same is needed, whenever that was said.
    boolean isLike(Gang other) {
        if (sets.size() != other.sets.size()) return false;
        for (int i = 0; i < sets.size(); i++) {
            var one = sets.get(i);
            var two = other.sets.get(i);
            if (!one.needed().equals(two.needed()) || !one.agent().equals(two.agent()))
                return false;
        }
        return true;
    }
}
