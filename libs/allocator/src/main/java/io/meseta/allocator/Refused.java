package io.meseta.allocator;

import io.meseta.allocator.order.Slots;
import io.meseta.model.Resources;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.pcollections.TreePSet;

/// The filters of one claimant, by the seats of agents.
///
/// @param bySeat by the number of the agent's seat
/// @param ends when each filter ends
record Refused(Slots<List<Filter>> bySeat, TreePSet<End> ends) {

    private static final List<Filter> NONE = List.of();

    static final Refused NOTHING = new Refused(Slots.of(NONE), TreePSet.empty());

    /// So many filters a claimant may have on one agent; of more, those go that end first.
    static final int PER_AGENT_MAX = 16;

    /// Grants within these resources are held back until then.
    record Filter(Resources resources, Instant until) {

        private boolean holds(Filter other) {
            return resources.contains(other.resources) && !until.isBefore(other.until);
        }
    }

    /// When a filter on a seat ends.
    record End(Instant at, int seat) implements Comparable<End> {

        @Override
        public int compareTo(End other) {
            int order = at.compareTo(other.at);
            return order != 0 ? order : Integer.compare(seat, other.seat);
        }
    }

    boolean isEmpty() {
        return ends.isEmpty();
    }

    boolean isOn(int seat) {
        return !bySeat.get(seat).isEmpty();
    }

    Instant firstEnd() {
        return ends.first().at();
    }

    /// Whether a grant of these resources is held back.
    boolean hides(int seat, Resources resources) {
        for (var filter : bySeat.get(seat)) {
            if (filter.resources.contains(resources)) return true;
        }
        return false;
    }

    /// Until when it is held back; empty if it is not.
    Optional<Instant> hiddenUntil(int seat, Resources resources) {
        return bySeat.get(seat).stream()
                .filter(filter -> filter.resources.contains(resources))
                .map(Filter::until)
                .max(Comparator.naturalOrder());
    }

    Refused plus(int seat, Filter filter) {
        var before = bySeat.get(seat);
        var after = new ArrayList<Filter>(before.size() + 1);
        for (var other : before) {
            if (other.holds(filter)) return this;
            if (!filter.holds(other)) after.add(other);
        }
        after.add(filter);
        after.sort(Comparator.comparing(Filter::until));
        if (after.size() > PER_AGENT_MAX) after.removeFirst();
        return with(seat, after);
    }

    Refused minus(int seat) {
        return with(seat, NONE);
    }

    /// The seats on which a filter ends by then.
    Set<Integer> endingBy(Instant now) {
        var seats = new TreeSet<Integer>();
        for (var end : ends) {
            if (end.at.isAfter(now)) break;
            seats.add(end.seat);
        }
        return seats;
    }

    /// Without the filters that have ended by then.
    Refused elapsed(Instant now) {
        // Often one call has declined everything for one time.
        if (!ends.last().at().isAfter(now)) return NOTHING;
        var left = this;
        for (int seat : endingBy(now)) {
            left =
                    left.with(
                            seat,
                            bySeat.get(seat).stream()
                                    .filter(filter -> filter.until.isAfter(now))
                                    .toList());
        }
        return left;
    }

    private Refused with(int seat, List<Filter> filters) {
        var left = ends;
        for (var filter : bySeat.get(seat)) left = left.minus(new End(filter.until, seat));
        for (var filter : filters) left = left.plus(new End(filter.until, seat));
        return new Refused(
                bySeat.with(seat, filters.isEmpty() ? NONE : List.copyOf(filters)), left);
    }
}
