package io.meseta.allocator;

import io.meseta.model.AgentId;
import io.meseta.model.Resources;

/// One agent's turn in an allocation: what it still has to give.
final class Turn {

    final int number;
    final AgentId agent;
    final Seat seat;

    /// Whether all claimants are to be tried, or only the unsettled ones.
    final boolean isForAll;

    Resources free;

    /// Shared volumes that nobody was granted yet in this turn.
    Resources shared;

    Turn(int number, AgentId agent, Seat seat, boolean isForAll) {
        this.number = number;
        this.agent = agent;
        this.seat = seat;
        this.isForAll = isForAll;
        free = seat.free();
        shared = seat.shared();
    }

    void take(Resources granted) {
        free = free.without(granted);
        shared = shared.without(granted);
    }
}
