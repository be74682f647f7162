package io.meseta.allocator.departure;

/// What one framework holds during an allocation, where agents leave.
public final class Hand {

    /// How many offers of agents that stay it has not answered.
    private int offers;

    /// Whether something was held back from it.
    public boolean wasSpared;

    public Hand(int offers) {
        this.offers = offers;
    }

    public boolean isEmpty() {
        return offers == 0;
    }

    /// It has been given something of an agent that stays.
    public void add() {
        offers++;
    }
}
