package io.meseta.master.core.preemption;

import io.meseta.allocator.want.Shortage;
import io.meseta.model.Priority;
import io.meseta.model.Resources;
import io.meseta.model.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The fewest, cheapest units by whose end there is enough.
///
/// No unit is taken while those of lower priority are enough. Among those it is one that is enough
/// by itself, the cheapest of these; else those that help most, one after the other, without any
/// that the others make needless. The very fewest would take trying all combinations.
final class Selection {

    private final Resources needed;
    private final List<Unit> units;
    private final int tasksMax;

    /// @param tasksMax no more tasks than this
    Selection(Resources needed, List<Unit> units, int tasksMax) {
        this.needed = needed;
        this.units = units.stream().sorted(Unit.ORDER).toList();
        this.tasksMax = tasksMax;
    }

    /// Empty if all of them together are not enough, or too many.
    Optional<List<Unit>> enough(Resources free) {
        if (Shortage.none(needed, free)) return Optional.of(List.of());
        var total = free;
        var candidates = new ArrayList<Unit>();
        for (int i = 0; i < units.size(); i++) {
            var unit = units.get(i);
            candidates.add(unit);
            total = total.plus(unit.part());
            if (!isLastOf(unit.priority(), i) || !Shortage.none(needed, total)) continue;
            var found = among(candidates, free);
            if (found.stream().mapToInt(Unit::size).sum() <= tasksMax) return Optional.of(found);
        }
        return Optional.empty();
    }

    /// As many of them as there may be, or as are enough.
    List<Unit> some(Resources free) {
        return enough(free)
                .orElseGet(() -> {
                    var few = new ArrayList<Unit>();
                    int tasks = 0;
                    for (var unit : helpful(units, free)) {
                        tasks += unit.size();
                        if (tasks > tasksMax) break;
                        few.add(unit);
                    }
                    return few;
                });
    }

    private boolean isLastOf(Priority priority, int index) {
        return index + 1 == units.size() || !units.get(index + 1).priority().equals(priority);
    }

    private List<Unit> among(List<Unit> candidates, Resources free) {
        for (var unit : candidates)
            if (Shortage.none(needed, free.plus(unit.part()))) return List.of(unit);
        var chosen = helpful(candidates, free);
        for (int i = chosen.size() - 1; i >= 0; i--) {
            var without = new ArrayList<>(chosen);
            without.remove(i);
            if (Shortage.none(needed, had(free, without))) chosen = without;
        }
        return chosen;
    }

    /// Whoever helps most next, until there is enough or nobody helps.
    private List<Unit> helpful(List<Unit> candidates, Resources free) {
        var left = new ArrayList<>(candidates);
        var chosen = new ArrayList<Unit>();
        var had = free;
        // Ends: each turn takes one of those that are left.
        while (!left.isEmpty()) {
            var shortages = Shortage.of(needed, had);
            if (shortages.isEmpty()) break;
            var best = left.getFirst();
            double most = 0;
            for (var unit : left) {
                double help = help(unit, shortages);
                if (help <= most) continue;
                best = unit;
                most = help;
            }
            if (most == 0) break;
            left.remove(best);
            chosen.add(best);
            had = had.plus(best.part());
        }
        return chosen;
    }

    private static double help(Unit unit, List<Shortage> shortages) {
        double help = 0;
        for (var shortage : shortages) {
            if (shortage.needed() instanceof Scalar(long needed)
                    && shortage.available() instanceof Scalar(long available)) {
                long missing = needed - available;
                long part = Math.min(unit.part().scalar(shortage.name()), missing);
                help += part / (double) missing;
            } else if (unit.part().kinds().stream()
                    .anyMatch(kind -> kind.name().equals(shortage.name()))) {
                help += 1;
            }
        }
        return help;
    }

    private static Resources had(Resources free, List<Unit> units) {
        var had = free;
        for (var unit : units) had = had.plus(unit.part());
        return had;
    }
}
