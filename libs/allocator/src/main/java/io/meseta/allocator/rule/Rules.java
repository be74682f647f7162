package io.meseta.allocator.rule;

/// What an operator chooses of how everything is shared.
///
/// @param outstandingMax a framework whose unanswered offers are this part of any scalar in the
///   cluster is offered nothing more until it answers some; 1 for no such limit
public record Rules(Sorter sorter, double outstandingMax) {

    /// As Mesos does it.
    public static final Rules DEFAULT = new Rules(Sorter.DRF, 1);

    public Rules {
        if (!(outstandingMax > 0 && outstandingMax <= 1))
            throw new IllegalArgumentException(
                    "the part that may be outstanding is above 0 and at most 1");
    }

    /// Whether anyone may have all of the cluster in offers.
    public boolean isUnlimited() {
        return outstandingMax >= 1;
    }
}
