package io.meseta.master.core.upkeep;

import io.meseta.master.core.offer.OfferEvent.Ending;
import io.meseta.model.AgentId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// What can happen to machines by the will of operators, and what is asked of frameworks for it.
public sealed interface UpkeepEvent {

    /// It is offered to nobody; what runs on it runs on.
    record AgentDeactivated(AgentId agent, Instant at) implements UpkeepEvent {}

    /// It is offered again, and not drained any more.
    record AgentReactivated(AgentId agent, Instant at) implements UpkeepEvent {}

    /// It is offered to nobody, and what runs on it is ended. Takes the place of an earlier drain.
    record DrainBegun(AgentId agent, Drain drain) implements UpkeepEvent {}

    /// Nothing is left on it.
    record DrainEnded(AgentId agent, Instant at) implements UpkeepEvent {}

    /// It is lost for good, by an operator's word, and may not come back.
    record AgentGone(AgentId agent, Instant at) implements UpkeepEvent {}

    /// It is forgotten, and may come back as if it were new.
    record AgentRemoved(AgentId agent, Cause cause, Instant at) implements UpkeepEvent {}

    /// Agents that were marked gone too long before this moment are forgotten.
    record GoneElapsed(Instant at) implements UpkeepEvent {}

    /// The schedule is another one, as a whole.
    record ScheduleSet(List<Window> windows, Instant at) implements UpkeepEvent {

        public ScheduleSet {
            windows = List.copyOf(windows);
        }
    }

    record MachinesTakenDown(List<MachineId> machines, Instant at) implements UpkeepEvent {

        public MachinesTakenDown {
            machines = List.copyOf(machines);
        }
    }

    record MachinesBroughtUp(List<MachineId> machines, Instant at) implements UpkeepEvent {

        public MachinesBroughtUp {
            machines = List.copyOf(machines);
        }
    }

    /// A framework is asked to leave. Passing.
    record InverseOfferMade(InverseOffer offer) implements UpkeepEvent {}

    /// It is not asked any more, without an answer. Passing.
    record InverseOfferEnded(InverseOffer offer, Ending ending) implements UpkeepEvent {}

    /// The framework has answered. Passing.
    record InverseOfferAnswered(InverseOffer offer, InverseOffers.Answer answer)
            implements UpkeepEvent {}

    /// What is asked agrees with the schedule; it is compared again at `next`. Passing.
    record InverseOffersLooked(Instant next) implements UpkeepEvent {}

    /// An agent has been given up; the next may be at `next`. Passing.
    record LossPaced(Instant next) implements UpkeepEvent {}

    /// These agents will be away soon, and no others. Passing.
    record LeaversFound(SortedSet<AgentId> agents) implements UpkeepEvent {

        public LeaversFound {
            agents = Collections.unmodifiableSortedSet(new TreeSet<>(agents));
        }
    }

    /// Why an agent is forgotten.
    enum Cause {
        /// Its machine is under maintenance.
        MACHINE_DOWN,
        /// Nobody has heard of it for a very long time.
        UNHEARD_OF
    }

    /// The agent that is not there any more.
    default Optional<AgentId> left() {
        return switch (this) {
            case AgentGone(var agent, _) -> Optional.of(agent);
            case AgentRemoved(var agent, _, _) -> Optional.of(agent);
            case AgentDeactivated _,
                    AgentReactivated _,
                    DrainBegun _,
                    DrainEnded _,
                    GoneElapsed _,
                    ScheduleSet _,
                    MachinesTakenDown _,
                    MachinesBroughtUp _,
                    InverseOfferMade _,
                    InverseOfferEnded _,
                    InverseOfferAnswered _,
                    InverseOffersLooked _,
                    LossPaced _,
                    LeaversFound _ ->
                    Optional.empty();
        };
    }

    default boolean isRecorded() {
        return switch (this) {
            case AgentDeactivated _,
                    AgentReactivated _,
                    DrainBegun _,
                    DrainEnded _,
                    AgentGone _,
                    AgentRemoved _,
                    GoneElapsed _,
                    ScheduleSet _,
                    MachinesTakenDown _,
                    MachinesBroughtUp _ ->
                    true;
            case InverseOfferMade _,
                    InverseOfferEnded _,
                    InverseOfferAnswered _,
                    InverseOffersLooked _,
                    LossPaced _,
                    LeaversFound _ ->
                    false;
        };
    }
}
