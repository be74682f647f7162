package io.meseta.model.quota;

/// What a role is promised and what it may have at most, its sub-roles' included.
///
/// @param guarantees kept free for the role while it has less
/// @param limits at least the guarantees
public record Quota(Quantities guarantees, Limits limits) {

    /// What a role has that nobody gave a quota.
    public static final Quota NONE = new Quota(Quantities.NONE, Limits.NONE);

    public Quota {
        if (!limits.contains(guarantees)) {
            throw new IllegalArgumentException(
                    "The guarantees '%s' are not within the limits '%s'"
                            .formatted(guarantees, limits));
        }
    }

    /// A role that gets this much and never more: what a quota once meant.
    public static Quota exactly(Quantities amounts) {
        return new Quota(amounts, new Limits(amounts.byName()));
    }

    public boolean isNone() {
        return guarantees.isEmpty() && limits.isEmpty();
    }
}
