package io.meseta.allocator;

import io.meseta.model.Role;
import io.meseta.model.quota.Quantities;
import io.meseta.model.quota.Quota;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A role with a quota during one allocation, among the roles with a quota above and below it.
final class Allowance {

    final Role role;
    final Quota quota;
    private final @Nullable Allowance parent;
    private final List<Allowance> children = new ArrayList<>();
    private Quantities consumed = Quantities.NONE;

    /// Whether its limits have kept something from a claimant.
    boolean isBinding;

    Allowance(Role role, Quota quota, @Nullable Allowance parent) {
        this.role = role;
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

    Quantities consumed() {
        return consumed;
    }

    /// Counts here and in all roles above.
    void consume(Quantities more) {
        for (var each = this; each != null; each = each.parent) {
            each.consumed = each.consumed.plus(more);
        }
    }

    /// How much of the name its own limits and those above leave it.
    long left(String name) {
        long left = Long.MAX_VALUE;
        for (var each = this; each != null; each = each.parent) {
            left = Math.min(left, each.quota.limits().left(name, each.consumed));
        }
        return left;
    }

    /// Remembers whose limits leave no more than this.
    void bind(String name, long left) {
        for (var each = this; each != null; each = each.parent) {
            if (each.quota.limits().left(name, each.consumed) <= left) each.isBinding = true;
        }
    }

    /// The first role, from here up, whose limits leave less than that; null if none does.
    @Nullable Allowance refusing(String name, long wanted) {
        for (var each = this; each != null; each = each.parent) {
            if (each.quota.limits().left(name, each.consumed) < wanted) return each;
        }
        return null;
    }

    /// What must be kept free so that it and those below can still get what they are guaranteed.
    Quantities required() {
        var below = Quantities.NONE;
        for (var child : children) below = below.plus(child.required());
        return quota.guarantees().without(consumed).max(below);
    }

    /// What a claimant of this role may take of the top role's requirement: all but what is owed to
    /// roles that it is not in. Taking it leaves that much less to be kept.
    Quantities owed() {
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
}
