package io.meseta.allocator;

import io.meseta.model.FrameworkId;
import io.meseta.model.Role;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/// All filters: what claimants have refused and until when they are not to see it again.
///
/// @param ends when the next filter of each claimant ends; one entry for each claimant that has any
record Refusals(TreePMap<Claimant, Refused> byClaimant, TreePSet<End> ends) {

    static final Refusals NONE = new Refusals(TreePMap.empty(), TreePSet.empty());

    /// When the claimant's next filter ends.
    record End(Instant at, Claimant claimant) implements Comparable<End> {

        @Override
        public int compareTo(End other) {
            int order = at.compareTo(other.at);
            return order != 0 ? order : claimant.compareTo(other.claimant);
        }
    }

    /// What is left at some time, and the seats of which something may be offered again.
    record Elapsed(Refusals left, Set<Integer> seats) {}

    Refused of(Claimant claimant) {
        return byClaimant.getOrDefault(claimant, Refused.NOTHING);
    }

    Optional<Instant> firstEnd() {
        return ends.isEmpty() ? Optional.empty() : Optional.of(ends.first().at());
    }

    Refusals plus(Claimant claimant, int seat, Refused.Filter filter) {
        return with(claimant, of(claimant).plus(seat, filter));
    }

    /// Those of one claimant that end on one agent at one time count once.
    int count(Role role) {
        int count = 0;
        for (var entry : byClaimant.entrySet()) {
            if (entry.getKey().role().equals(role)) count += entry.getValue().ends().size();
        }
        return count;
    }

    /// Without any filter of the claimant.
    Refusals minus(Claimant claimant) {
        return with(claimant, Refused.NOTHING);
    }

    /// Once a framework is another: without the filters of roles that it has left or revived.
    Refusals after(FrameworkId framework, FrameworkTraits before, FrameworkTraits now) {
        var left = this;
        for (var role : before.roles()) {
            boolean revives =
                    before.suppressed().contains(role) && !now.suppressed().contains(role);
            if (revives || !now.roles().contains(role))
                left = left.minus(new Claimant(framework, role));
        }
        return left;
    }

    /// Without any filter of the framework.
    Refusals minus(FrameworkId framework) {
        var left = this;
        for (var claimant : byClaimant.keySet())
            if (claimant.framework().equals(framework)) left = left.minus(claimant);
        return left;
    }

    /// Without any filter on the seat.
    Refusals minus(int seat) {
        var left = this;
        for (var entry : byClaimant.entrySet()) {
            var refused = entry.getValue();
            if (refused.isOn(seat)) left = left.with(entry.getKey(), refused.minus(seat));
        }
        return left;
    }

    Elapsed elapsed(Instant now) {
        var left = this;
        var seats = new TreeSet<Integer>();
        while (!left.ends.isEmpty() && !left.ends.first().at().isAfter(now)) {
            var claimant = left.ends.first().claimant();
            var refused = left.of(claimant);
            seats.addAll(refused.endingBy(now));
            left = left.with(claimant, refused.elapsed(now));
        }
        return new Elapsed(left, seats);
    }

    private Refusals with(Claimant claimant, Refused after) {
        var before = of(claimant);
        if (before.isEmpty() && after.isEmpty()) return this;
        var left = before.isEmpty() ? ends : ends.minus(new End(before.firstEnd(), claimant));
        if (after.isEmpty()) return new Refusals(byClaimant.minus(claimant), left);
        return new Refusals(
                byClaimant.plus(claimant, after), left.plus(new End(after.firstEnd(), claimant)));
    }
}
