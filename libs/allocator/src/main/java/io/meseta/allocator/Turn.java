package io.meseta.allocator;

import io.meseta.allocator.order.Dice;
import io.meseta.allocator.order.Line;
import io.meseta.model.AgentId;
import io.meseta.model.Resources;
import org.jspecify.annotations.Nullable;

/// One agent's turn in an allocation: what it still has to give.
final class Turn {

    /// One walk over the agents: all of them are walked over before the next begins.
    enum Pass {
        /// Who has less than its part is given the sets of its gangs, to be held.
        GATHERED,
        /// Who has less than its part, and has said what it needs, is given an agent for each need.
        SOUGHT,
        /// What is owed by guarantees is given, and nothing else.
        GUARANTEED,
        /// Whoever has said what it needs is given nothing else.
        STEERED,
        /// Anyone is given anything.
        OPEN
    }

    /// No other turn of the allocation has it; set by [#begin] alone.
    int number;

    /// What is given to whom; set by [#begin] alone.
    Pass pass = Pass.OPEN;

    final AgentId agent;
    final Seat seat;

    /// Decides whose turn it is; null where shares do.
    final @Nullable Dice dice;

    /// Whether all claimants are to be tried, or only the unsettled ones.
    final boolean isForAll;

    final boolean hasGpus;

    /// Whether the agent will be away soon.
    boolean isLeaving;

    /// What is free; set by [#take] alone.
    Resources free;

    /// Whether anyone who may see the agent may have all that is free: found once for all.
    boolean isPlain;

    /// Whether what is free is worth an offer to those who have said nothing else.
    boolean isWorthwhile;

    /// Shared volumes that nobody was granted yet in this turn.
    Resources shared;

    Turn(AgentId agent, Seat seat, boolean isForAll, @Nullable Dice dice) {
        this(agent, seat, isForAll, dice, seat.free());
        shared = seat.shared();
    }

    /// Of what somebody has been offered there, as if it were free.
    Turn(AgentId agent, Seat seat, boolean isForAll, @Nullable Dice dice, Resources offered) {
        this.dice = dice;
        this.agent = agent;
        this.seat = seat;
        this.isForAll = isForAll;
        hasGpus = seat.hasGpus();
        free = offered;
        shared = Resources.EMPTY;
        look();
    }

    /// Once more, or for the first time.
    void begin(int newNumber, Pass newPass) {
        number = newNumber;
        pass = newPass;
    }

    /// Who is at this place of the line.
    <T extends Line.Waiting> T at(Line<T> line, int place) {
        return dice == null ? line.at(place) : line.drawn(place, number, dice);
    }

    void take(Resources granted) {
        free = free.without(granted);
        look();
        shared = shared.without(granted);
    }

    void giveBack(Resources taken) {
        free = free.plus(taken);
        look();
    }

    private void look() {
        isPlain = Entitlement.isForAnyone(free);
        isWorthwhile = MinAllocatable.DEFAULT.isMetBy(free);
    }
}
