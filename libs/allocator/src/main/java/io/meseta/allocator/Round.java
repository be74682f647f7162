package io.meseta.allocator;

import io.meseta.allocator.quota.Withheld;
import io.meseta.allocator.want.GangSet;
import java.util.List;

/// What one allocation gives, and what it keeps back.
///
/// @param holds what is given to gangs, and is to be offered only when a gang has all that it needs
public record Round(List<Grant> grants, Withheld withheld, List<Hold> holds) {

    public Round {
        grants = List.copyOf(grants);
        holds = List.copyOf(holds);
    }

    /// Resources that are kept for one of the needs of a gang until all are met.
    public record Hold(Grant grant, GangSet set) {}

    /// One in which nothing is given to gangs.
    public Round(List<Grant> grants, Withheld withheld) {
        this(grants, withheld, List.of());
    }
}
