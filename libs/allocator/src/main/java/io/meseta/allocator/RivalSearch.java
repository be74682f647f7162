package io.meseta.allocator;

import io.meseta.model.FrameworkId;
import io.meseta.model.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Looks for those who would take what another has been offered. Used once.
final class RivalSearch {

    private final Rivals.Showing showing;
    private final Demand demand;
    private final Set<FrameworkId> shown;
    private final Map<Role, Boolean> optimistic = new TreeMap<>();
    private final List<Rivals.Copy> found = new ArrayList<>();

    RivalSearch(Rivals.Showing showing, Demand demand) {
        this.showing = showing;
        this.demand = demand;
        shown = new TreeSet<>(showing.to());
    }

    /// In the order of their shares. Shares stay as they are, so one walk finds all.
    List<Rivals.Copy> among(RoleNode root, Turn turn) {
        walk(root, turn);
        return found;
    }

    private void walk(RoleNode node, Turn turn) {
        if (!node.isFor(turn)) return;
        for (int i = 0; i < node.children().size() && hasRoom(); i++)
            walk(turn.at(node.children(), i), turn);
        for (int i = 0; i < node.candidates().size() && hasRoom(); i++)
            ask(turn.at(node.candidates(), i), turn);
    }

    private void ask(Candidate candidate, Turn turn) {
        var claimant = candidate.claimant;
        if (!turn.isForAll && !candidate.isUnsettled) return;
        if (shown.contains(claimant.framework()) || !isOptimistic(claimant.role())) return;
        var taken = candidate.takeable(turn);
        if (taken.isEmpty()) return;
        shown.add(claimant.framework());
        var grant = new Grant(turn.agent, claimant.framework(), claimant.role(), taken);
        found.add(new Rivals.Copy(showing.offer(), grant));
    }

    private boolean hasRoom() {
        return found.size() < showing.room();
    }

    private boolean isOptimistic(Role role) {
        return optimistic.computeIfAbsent(role, each -> demand.sharing(each).isOptimistic());
    }
}
