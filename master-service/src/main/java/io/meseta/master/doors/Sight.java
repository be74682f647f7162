package io.meseta.master.doors;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.leadership.Leadership;
import io.meseta.master.leadership.Leadership.Role.Leading;
import java.util.Optional;
import java.util.function.Supplier;

/// Where a question is answered from. Two that are equal have the same answer at the same moment.
///
/// @param reign what the state is of: a leadership of this master, or nothing but what it follows
/// @param elsewhere present if another master leads, or none
/// @param isPast whether the state is one that was, of which nothing is known that is not recorded:
///   neither who was connected nor what was offered
/// @param newest the newest state there; never waits
public record Sight(
        Object reign, Optional<Elsewhere> elsewhere, boolean isPast, Supplier<Cluster> newest) {

    private static final Object FOLLOWED = "followed";

    private record Past(long sequence) {}

    /// @param leader the leader's place; absent if nobody is known to lead
    public record Elsewhere(Optional<Leadership.Address> leader) {}

    /// Of a master that leads.
    public static Sight of(Leading leading) {
        return new Sight(leading, Optional.empty(), false, () -> leading.writer().view().cluster());
    }

    /// Of one that does not.
    static Sight followed(Elsewhere elsewhere, Supplier<Cluster> newest) {
        return new Sight(FOLLOWED, Optional.of(elsewhere), false, newest);
    }

    /// Of the state as it was after an entry of the journal. Who led then is of no use to anybody.
    public static Sight past(Cluster cluster, long sequence) {
        var nobody = Optional.of(new Elsewhere(Optional.empty()));
        return new Sight(new Past(sequence), nobody, true, () -> cluster);
    }
}
