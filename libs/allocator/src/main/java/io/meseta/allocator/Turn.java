package io.meseta.allocator;

import io.meseta.model.AgentId;
import io.meseta.model.Resources;

/// One agent's turn in an allocation: what it still has to give.
final class Turn {

    /// No other turn of the allocation has it; set by [#begin] alone.
    int number;

    /// Whether only what is owed by guarantees is given; set by [#begin] alone.
    boolean isForGuarantees;

    final AgentId agent;
    final Seat seat;

    /// Whether all claimants are to be tried, or only the unsettled ones.
    final boolean isForAll;

    final boolean hasGpus;

    /// What is free; set by [#take] alone.
    Resources free;

    /// Whether anyone who may see the agent may have all that is free: found once for all.
    boolean isPlain;

    /// Whether what is free is worth an offer to those who have said nothing else.
    boolean isWorthwhile;

    /// Shared volumes that nobody was granted yet in this turn.
    Resources shared;

    Turn(AgentId agent, Seat seat, boolean isForAll) {
        this.agent = agent;
        this.seat = seat;
        this.isForAll = isForAll;
        hasGpus = seat.hasGpus();
        free = seat.free();
        shared = seat.shared();
        look();
    }

    /// Once more, or for the first time.
    void begin(int newNumber, boolean forGuarantees) {
        number = newNumber;
        isForGuarantees = forGuarantees;
    }

    void take(Resources granted) {
        free = free.without(granted);
        look();
        shared = shared.without(granted);
    }

    private void look() {
        isPlain = Entitlement.isForAnyone(free);
        isWorthwhile = MinAllocatable.DEFAULT.isMetBy(free);
    }
}
