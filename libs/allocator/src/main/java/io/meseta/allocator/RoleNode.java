package io.meseta.allocator;

import io.meseta.allocator.order.Line;
import io.meseta.allocator.quota.Growth;
import io.meseta.model.Role;
import io.meseta.model.quota.Quantities;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// A role in the tree during one allocation, with the share that it and all below it have so far.
///
/// The role's own frameworks are a leaf beside its sub-roles, with a weight of 1.
final class RoleNode implements Line.Waiting {

    private static final Comparator<RoleNode> ORDER =
            Comparator.<RoleNode>comparingDouble(node -> node.share)
                    .thenComparing(node -> node.role);

    final @Nullable RoleNode parent;
    private final Role role;
    private final double weight;
    private final Line<RoleNode> children = new Line<>(ORDER);
    private final Line<Candidate> candidates = new Line<>(Candidate.ORDER);
    private Quantities used = Quantities.NONE;
    private double share;

    /// Whether any candidate below is unsettled.
    private boolean isUnsettled;

    /// Whether any candidate below is in a role with a quota.
    private boolean hasQuota;

    /// Whether any candidate below has said what it needs.
    private boolean hasWants;

    /// Whether any candidate below seeks sets for gangs.
    private boolean isGathering;

    /// Whether there is any candidate below.
    private boolean isAsking;

    private RoleNode(@Nullable RoleNode parent, Role role, double weight) {
        this.parent = parent;
        this.role = role;
        this.weight = weight;
        if (parent != null) parent.children.add(this);
    }

    static RoleNode root() {
        return new RoleNode(null, Role.ANY, 1);
    }

    /// A role with its sub-roles.
    RoleNode branch(Role below, double itsWeight) {
        return new RoleNode(this, below, itsWeight);
    }

    /// The role's own frameworks.
    RoleNode leaf() {
        return new RoleNode(this, role, 1);
    }

    @Override
    public double weight() {
        return weight;
    }

    void add(Candidate candidate) {
        candidates.add(candidate);
        for (var node = this; node != null; node = node.parent) {
            node.isAsking = true;
            if (candidate.hasQuota()) node.hasQuota = true;
            if (candidate.hasWants()) node.hasWants = true;
            if (candidate.isGathering()) node.isGathering = true;
        }
        if (candidate.isUnsettled) unsettle();
    }

    /// Unsettles the candidates of this role that may have more by quota now.
    void wake(Growth growth) {
        for (var child : children.all()) child.wake(growth);
        for (var candidate : candidates.all()) {
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
            var each = node;
            if (each.parent == null) each.take(more, total);
            else each.parent.children.move(each, () -> each.take(more, total));
        }
    }

    /// Counts them for one of the role's own frameworks, too.
    void share(Candidate candidate, Quantities more, Quantities total) {
        candidates.move(candidate, () -> candidate.share(more, total));
        share(more, total);
    }

    private void take(Quantities more, Quantities total) {
        used = used.plus(more);
        share = used.shareOf(total) / weight;
    }

    boolean isFor(Turn turn) {
        boolean isInPass =
                switch (turn.pass) {
                    case GATHERED -> isGathering;
                    case GUARANTEED -> hasQuota;
                    case SOUGHT -> hasWants;
                    case STEERED, OPEN -> true;
                };
        return isInPass && (turn.isForAll || isUnsettled);
    }

    /// The part of the cluster that one of this role's own frameworks may expect, by weights, among
    /// all who ask for something.
    double part() {
        double part = 1.0 / candidates.size();
        for (var node = this; node.parent != null; node = node.parent) {
            double sum = 0;
            for (var sibling : node.parent.children.all())
                if (sibling.isAsking) sum += sibling.weight;
            part *= node.weight / sum;
        }
        return part;
    }

    Line<RoleNode> children() {
        return children;
    }

    Line<Candidate> candidates() {
        return candidates;
    }
}
