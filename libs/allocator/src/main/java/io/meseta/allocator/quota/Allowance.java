package io.meseta.allocator.quota;

import io.meseta.model.Role;
import io.meseta.model.quota.Quantities;
import io.meseta.model.quota.Quota;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A role with a quota during one allocation, among the roles with a quota above and below it.
public final class Allowance {

    public final Role role;
    public final Quota quota;
    private final @Nullable Allowance parent;
    private final boolean isLent;
    private final List<Allowance> children = new ArrayList<>();
    private Quantities consumed = Quantities.NONE;

    /// Whether its limits have kept something from a claimant.
    boolean isBinding;

    /// @param isLent whether others may have what the role itself is guaranteed
    Allowance(Role role, Quota quota, @Nullable Allowance parent, boolean isLent) {
        this.role = role;
        this.isLent = isLent;
        this.quota = quota;
        this.parent = parent;
        if (parent != null) parent.children.add(this);
    }

    boolean isTop() {
        return parent == null;
    }

    Allowance top() {
        var top = this;
        for (var above = parent; above != null; above = above.parent) top = above;
        return top;
    }

    public Quantities consumed() {
        return consumed;
    }

    /// Counts here and in all roles above.
    void consume(Quantities more) {
        for (var each = this; each != null; each = each.parent) {
            each.consumed = each.consumed.plus(more);
        }
    }

    /// How much of the name its own limits and those above leave it.
    public long left(String name) {
        long left = Long.MAX_VALUE;
        for (var each = this; each != null; each = each.parent) {
            left = Math.min(left, each.quota.limits().left(name, each.consumed));
        }
        return left;
    }

    /// How much more than it is guaranteed it has of the name, and those above it have; all that
    /// there is where nothing of it is guaranteed.
    public long excess(String name) {
        long excess = Long.MAX_VALUE;
        for (var each = this; each != null; each = each.parent) {
            long guaranteed = each.quota.guarantees().amount(name);
            if (guaranteed > 0) excess = Math.min(excess, each.consumed.amount(name) - guaranteed);
        }
        return excess;
    }

    /// Remembers whose limits leave no more than this.
    void bind(String name, long left) {
        for (var each = this; each != null; each = each.parent) {
            if (each.quota.limits().left(name, each.consumed) <= left) each.isBinding = true;
        }
    }

    /// The first role, from here up, whose limits leave less than that; null if none does.
    public @Nullable Allowance refusing(String name, long wanted) {
        for (var each = this; each != null; each = each.parent) {
            if (each.quota.limits().left(name, each.consumed) < wanted) return each;
        }
        return null;
    }

    /// What must be kept free so that it and those below can still get what they are guaranteed.
    Quantities required() {
        var below = Quantities.NONE;
        for (var child : children) below = below.plus(child.required());
        return isLent ? below : quota.guarantees().without(consumed).max(below);
    }

    /// What would be kept free if nobody lent anything.
    Quantities entitled() {
        var below = Quantities.NONE;
        for (var child : children) below = below.plus(child.entitled());
        return quota.guarantees().without(consumed).max(below);
    }

    /// Whether its limits, or those above, leave nothing that is worth an offer, where nothing is
    /// reserved; remembers whose limits do not.
    ///
    /// @param alternatives amounts of scalars, of which any one is worth an offer
    public boolean isSpent(List<SortedMap<String, Long>> alternatives) {
        for (var alternative : alternatives) {
            for (var least : alternative.entrySet()) {
                if (left(least.getKey()) >= least.getValue()) return false;
            }
        }
        for (var alternative : alternatives) {
            for (var name : alternative.keySet()) bind(name, left(name));
        }
        return true;
    }

    /// What a claimant of this role may take of the top role's requirement: all but what is owed to
    /// roles that it is not in. Taking it leaves that much less to be kept.
    public Quantities owed() {
        var others = Quantities.NONE;
        for (var child : children) others = others.plus(child.required());
        var at = this;
        for (var above = parent; above != null; above = above.parent) {
            for (var child : above.children) {
                if (!child.role.equals(at.role)) others = others.plus(child.required());
            }
            at = above;
        }
        return at.required().without(others);
    }

    /// Tells what is [owed][#owed] to this role, which is a top one, and to each below it. All at
    /// once that takes as long as for a few of them one by one.
    void tellOwed(BiConsumer<Role, Quantities> owed) {
        tellOwed(required(), Quantities.NONE, owed);
    }

    /// @param beside what must be kept for those beside this role and beside those above it
    private void tellOwed(Quantities atTop, Quantities beside, BiConsumer<Role, Quantities> owed) {
        var byChild = children.stream().map(Allowance::required).toList();
        var below = Quantities.NONE;
        for (var each : byChild) below = below.plus(each);
        var others = beside.plus(below);
        owed.accept(role, atTop.without(others));
        for (int i = 0; i < byChild.size(); i++)
            children.get(i).tellOwed(atTop, others.minus(byChild.get(i)), owed);
    }
}
