package io.meseta.allocator;

import io.meseta.model.Role;
import io.meseta.model.quota.Quantities;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A role in the tree during one allocation, with the share that it and all below it have so far.
///
/// The role's own frameworks are a leaf beside its sub-roles, with a weight of 1.
final class RoleNode {

    private static final Comparator<RoleNode> ORDER =
            Comparator.<RoleNode>comparingDouble(node -> node.share)
                    .thenComparing(node -> node.role);

    final @Nullable RoleNode parent;
    private final Role role;
    private final double weight;
    private final List<RoleNode> children = new ArrayList<>();
    private final List<Candidate> candidates = new ArrayList<>();
    private Quantities used = Quantities.NONE;
    private double share;
    private boolean isOrdered;

    /// Whether any candidate below is unsettled.
    private boolean isUnsettled;

    /// Whether any candidate below is in a role with a quota.
    private boolean hasQuota;

    RoleNode(@Nullable RoleNode parent, Role role, double weight) {
        this.parent = parent;
        this.role = role;
        this.weight = weight;
        if (parent != null) parent.children.add(this);
    }

    void add(Candidate candidate) {
        candidates.add(candidate);
        if (candidate.hasQuota())
            for (var node = this; node != null; node = node.parent) node.hasQuota = true;
        if (candidate.isUnsettled) unsettle();
    }

    /// Unsettles the candidates of this role that may have more by quota now.
    void wake(Growth growth) {
        for (var child : children) child.wake(growth);
        for (var candidate : candidates) {
            if (!growth.concerns(candidate.claimant.role())) continue;
            candidate.isUnsettled = true;
            unsettle();
        }
    }

    private void unsettle() {
        for (var node = this; node != null; node = node.parent) node.isUnsettled = true;
    }

    /// Counts the quantities here and in all roles above.
    void share(Quantities more, Quantities total) {
        for (var node = this; node != null; node = node.parent) {
            node.used = node.used.plus(more);
            node.share = node.used.shareOf(total) / node.weight;
            node.isOrdered = false;
        }
    }

    boolean isFor(Turn turn) {
        return (turn.isForAll || isUnsettled) && (hasQuota || !turn.isForGuarantees);
    }

    /// The smallest share first.
    List<RoleNode> children() {
        order();
        return children;
    }

    /// The smallest share first.
    List<Candidate> candidates() {
        order();
        return candidates;
    }

    /// Cheap where little has changed: the sort finds the runs that are in order already.
    private void order() {
        if (isOrdered) return;
        children.sort(ORDER);
        candidates.sort(Candidate.ORDER);
        isOrdered = true;
    }
}
