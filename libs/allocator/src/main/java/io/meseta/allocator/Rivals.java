package io.meseta.allocator;

import io.meseta.allocator.quota.Allowances;
import io.meseta.allocator.quota.Meter;
import io.meseta.allocator.quota.Withheld;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.OfferId;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Those to whom a pool's owner may show what others have been offered: whoever accepts first has
/// it.
///
/// A copy is no allocation. The pool counts what is offered once, as that of the one who was
/// offered it first; whoever takes it from there must be [admitted][#admits] at that moment.
public final class Rivals {

    private Rivals() {}

    /// What a framework has been offered and others may be shown.
    ///
    /// @param to the frameworks that are shown it already, itself among them
    /// @param room how many more may be shown it
    public record Showing(OfferId offer, Grant grant, SortedSet<FrameworkId> to, int room) {

        public Showing {
            to = Collections.unmodifiableSortedSet(new TreeSet<>(to));
        }
    }

    /// What somebody else would take of it.
    public record Copy(OfferId of, Grant grant) {}

    /// @param withheld what quota and bounds have kept back so far
    public record Found(List<Copy> copies, Withheld withheld) {

        public Found {
            copies = List.copyOf(copies);
        }
    }

    /// Whether there are frameworks that may take something anywhere.
    public static boolean isAnyoneNew(Pool pool) {
        return !pool.unsettled.frameworks().isEmpty();
    }

    /// The agents on which something has changed for anyone since all was settled.
    public static SortedSet<AgentId> changed(Pool pool) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(pool.unsettled.agents()));
    }

    /// Who would take what is shown, by fair shares; changes nothing.
    public static Found among(Pool pool, List<Showing> showings, long seed) {
        if (showings.isEmpty()) return new Found(List.of(), pool.unsettled.last().withheld());
        return new Allocation(pool.supply, pool.demand, pool.refusals, pool.unsettled)
                .beside(showings, seed);
    }

    /// The pool with the agent looked at again, though nothing has become free there.
    public static Pool again(Pool pool, AgentId agent) {
        return pool.hasAgent(agent) ? pool.changed(pool.unsettled.plus(agent)) : pool;
    }

    /// The pool in which all active frameworks may take something, since others share now what they
    /// are offered.
    public static Pool everywhere(Pool pool) {
        return pool.changed(pool.unsettled.plusFrameworks(pool.demand.active()));
    }

    /// Whether all of it is free, and quota lets the claimant have it: no limit is passed, and
    /// nobody lacks more of what is guaranteed than before.
    public static boolean admits(Pool pool, Grant grant) {
        var seat = pool.supply.seats().get(grant.agent());
        if (seat == null || !seat.isActive() || seat.isKeptFrom(grant.claimant())) return false;
        if (!seat.free().contains(unshared(grant.resources()))) return false;
        var demand = pool.demand;
        var allowances = new Allowances(demand.quotas(), demand.lenders(), pool.supply.meter());
        if (allowances.isIdle()) return true;
        var allowance = allowances.of(grant.role());
        for (var each : Meter.counted(grant.resources()).byName().entrySet())
            if (allowance != null && allowance.left(each.getKey()) < each.getValue()) return false;
        var lacking = allowances.lacking();
        allowances.take(allowance, grant.resources());
        return lacking.contains(allowances.lacking());
    }

    /// Whether the framework has so much that it has not answered that it gets no more.
    public static boolean isSated(Pool pool, FrameworkId framework) {
        var member = pool.demand.members().get(framework);
        var rules = pool.demand.rules();
        return member != null
                && !rules.isUnlimited()
                && member.offered().shareOf(pool.supply.total()) >= rules.outstandingMax();
    }

    private static Resources unshared(Resources resources) {
        return resources.filter(each -> !each.kind().shared());
    }

    /// Looks for those who would take what another has been offered. Used once.
    static final class Search {

        private final Showing showing;
        private final Demand demand;
        private final Set<FrameworkId> shown;
        private final Map<Role, Boolean> optimistic = new TreeMap<>();
        private final List<Copy> found = new ArrayList<>();

        Search(Showing showing, Demand demand) {
            this.showing = showing;
            this.demand = demand;
            shown = new TreeSet<>(showing.to());
        }

        /// In the order of their shares. Shares stay as they are, so one walk finds all.
        List<Copy> among(RoleNode root, Turn turn) {
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
            found.add(new Copy(showing.offer(), grant));
        }

        private boolean hasRoom() {
            return found.size() < showing.room();
        }

        private boolean isOptimistic(Role role) {
            return optimistic.computeIfAbsent(role, each -> demand.sharing(each).isOptimistic());
        }
    }
}
